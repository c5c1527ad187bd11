import type { EventStore, Expected, NewEvent } from '../port.js';
import type { Call } from './call.js';
import { refusalOf } from './failure.js';
import { batchAppendRequest, proposedOf, targetOf, uuidText } from './wire/requests.js';
import { writeBatchAnswer, writeMessage } from './wire/responses.js';
import { Writer } from './wire/writer.js';
import { appendTo, gathering } from './write.js';

// A client that sends without end waits here for the store.
const IN_FLIGHT_MAX = 4096;

type Append = {
  correlation: string;
  stream: string;
  expected: Expected;
  events: readonly NewEvent[];
  add: (sent: Parameters<typeof proposedOf>[0]) => void;
  /** Why it is refused when it is whole. */
  refused?: unknown;
};

/** Gathers what of the appends that are sent in parts, and answers each that is whole. */
const assembling = (take: (append: Append) => void) => {
  const parts = new Map<string, Append>();
  return (message: Buffer): void => {
    const { correlation: id, options, proposed = [], isFinal } = batchAppendRequest(message);
    const correlation = uuidText(id);
    const append = parts.get(correlation) ?? {
      correlation,
      ...targetOf(options),
      ...gathering(),
    };
    parts.set(correlation, append);
    try {
      for (const sent of proposed) append.add(sent);
    } catch (error) {
      append.refused ??= error;
    }
    if (!isFinal) return;
    parts.delete(correlation);
    take(append);
  };
};

type Answer = Parameters<typeof writeBatchAnswer> extends [Writer, ...infer A] ? A : never;

/** What is answered within a turn goes out together. */
const outbox = ({ stream }: Call) => {
  const writer = new Writer(4096);
  const flush = () => {
    if (writer.length > 0 && stream.writable) stream.write(writer.take());
  };
  return {
    flush,
    put(...answer: Answer): void {
      if (writer.length === 0) process.nextTick(flush);
      writeMessage(writer, (message) => writeBatchAnswer(message, ...answer));
    },
  };
};

/** Streams.BatchAppend: many appends at once, each answered when it is durable. */
export const batchAppend = async (call: Call, store: EventStore): Promise<void> => {
  const { stream } = call;
  const { put, flush } = outbox(call);
  const inFlight = new Set<Promise<void>>();
  const heed = () => {
    if (inFlight.size >= IN_FLIGHT_MAX || stream.writableNeedDrain) stream.pause();
    else stream.resume();
  };
  stream.on('drain', heed);

  const attempt = async (append: Append): Promise<void> => {
    try {
      if (append.refused) throw append.refused;
      put(append, await appendTo(store, append, append.events));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      put(append, refusal);
    }
  };

  const finished = new Promise<void>((resolve, reject) => {
    const take = (append: Append) => {
      const attempted = attempt(append)
        .catch(reject)
        .finally(() => {
          inFlight.delete(attempted);
          heed();
        });
      inFlight.add(attempted);
      heed();
    };
    call.receive(assembling(take)).then(resolve, reject);
  });
  try {
    await finished;
  } finally {
    await Promise.all(inFlight);
    flush();
  }
};
