import { type EventStore, type Expected, type NewEvent, WrongExpectedRevision } from '../port.js';
import type { Call } from './call.js';
import { AppendTooLarge } from './failure.js';
import { fromWire } from './wire/payload.js';
import { appendRequest, deleteRequest, proposedOf, targetOf } from './wire/requests.js';
import { type Result, writeAppended, writeDeleted, writeWrongExpected } from './wire/responses.js';

const APPEND_BYTES_MAX = 16 * 1024 * 1024;

type Sent = Parameters<typeof proposedOf>[0];

/** The events of one append, as they come. */
export const gathering = () => {
  const events: NewEvent[] = [];
  let bytes = 0;
  return {
    events,
    add(sent: Sent): void {
      const proposed = proposedOf(sent);
      bytes += proposed.data.length + proposed.metadata.length;
      if (bytes > APPEND_BYTES_MAX) throw new AppendTooLarge(APPEND_BYTES_MAX);
      events.push(fromWire(proposed));
    },
  };
};

const lastOf = async (store: EventStore, stream: string): Promise<number | 'none'> => {
  for await (const [event] of store.readStream(stream, { direction: 'backwards', limit: 1 })) {
    if (event) return event.revision;
  }
  return 'none';
};

// The store takes no append of nothing; for the protocol it is a look at where the stream is.
const appendNothing = async (
  store: EventStore,
  stream: string,
  expected: Expected,
): Promise<Result> => {
  const revision = await lastOf(store, stream);
  const isThere = expected === 'exists' && revision !== 'none';
  if (expected !== 'any' && !isThere && expected !== revision) {
    throw new WrongExpectedRevision(stream, expected, revision);
  }
  return { revision, position: undefined };
};

export const appendTo = (
  store: EventStore,
  { stream, expected }: { stream: string; expected: Expected },
  events: readonly NewEvent[],
): Promise<Result> =>
  events.length === 0
    ? appendNothing(store, stream, expected)
    : store.append(stream, events, expected);

/** Streams.Append: where to, then an event in each message. */
export const append = async (call: Call, store: EventStore): Promise<void> => {
  const { events, add } = gathering();
  let options: Parameters<typeof targetOf>[0];
  await call.receive((message) => {
    const request = appendRequest(message);
    options = request.options ?? options;
    if (request.proposed) add(request.proposed);
  });
  try {
    const result = await appendTo(store, targetOf(options), events);
    await call.sendMessage((writer) => writeAppended(writer, result));
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
    await call.sendMessage((writer) => writeWrongExpected(writer, error));
  }
};

const deleting =
  (how: 'delete' | 'tombstone') =>
  async (call: Call, store: EventStore): Promise<void> => {
    const { stream, expected } = targetOf(deleteRequest(await call.request()).options);
    const position = await store[how](stream, expected);
    await call.sendMessage((writer) => writeDeleted(writer, position));
  };

export const deleteStream = deleting('delete');
export const tombstone = deleting('tombstone');
