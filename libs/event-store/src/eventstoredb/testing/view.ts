import { randomBytes } from 'node:crypto';
import { newId } from '../../embedded.js';
import {
  type Batch,
  type EventStore,
  type ReadAll,
  type Stored,
  StreamDeleted,
  StreamKept,
  StreamNotFound,
  WrongExpectedRevision,
} from '../../port.js';

let count = 0;

/**
 * Names of its own, in the same categories: a stream's category ends at its first `-`. What is no
 * name stays none.
 */
const naming = () => {
  const mark = `~${newId({ bytes: randomBytes }).slice(0, 8)}.${count++}`;
  const own = (stream: string) => {
    if (stream === '' || stream === '$$') return stream;
    return stream.includes('-') ? stream + mark : `${stream}-${mark}-`;
  };
  const theirs = (stream: string): string => {
    if (stream.endsWith(`-${mark}-`)) return stream.slice(0, -mark.length - 2);
    return stream.endsWith(mark) ? stream.slice(0, -mark.length) : stream;
  };
  return { own, theirs };
};

const renamed = (error: unknown, theirs: (stream: string) => string): unknown => {
  if (error instanceof WrongExpectedRevision) {
    return new WrongExpectedRevision(theirs(error.stream), error.expected, error.actual);
  }
  for (const kind of [StreamDeleted, StreamKept, StreamNotFound]) {
    if (error instanceof kind) return new kind(theirs(error.stream));
  }
  return error;
};

/**
 * An empty store within a store that is not: nothing of it is seen that was there before, and its
 * streams have names of their own.
 */
export const viewOf = async (store: EventStore): Promise<EventStore> => {
  const base = (await store.head()) ?? -1n;
  const { own, theirs } = naming();
  const since = (position: bigint | undefined) =>
    position === undefined || position <= base ? undefined : position;
  const shown = (events: Stored[]) =>
    events
      .filter(({ position }) => position > base)
      .map((event) => ({ ...event, stream: theirs(event.stream) }));

  const refused = (error: unknown): never => {
    throw renamed(error, theirs);
  };

  async function* readAll({ limit = Number.POSITIVE_INFINITY, ...options }: ReadAll = {}) {
    const isForwards = options.direction !== 'backwards';
    const start = base < 0n ? undefined : base;
    const from = options.from ?? (isForwards ? start : undefined);
    let left = limit;
    if (left <= 0) return;
    const range = { ...options, ...(from !== undefined && { from }) };
    for await (const batch of store.readAll(range)) {
      const events = shown(batch).slice(0, left);
      left -= events.length;
      if (events.length > 0) yield events;
      const isPast = !isForwards && (batch.at(-1)?.position ?? 0n) <= base;
      if (left === 0 || isPast) return;
    }
  }

  async function* readStream(...[stream, options]: Parameters<EventStore['readStream']>) {
    try {
      for await (const batch of store.readStream(own(stream), options)) yield shown(batch);
    } catch (error) {
      refused(error);
    }
  }

  async function* subscribe(options: Parameters<EventStore['subscribe']>[0] = {}) {
    const after = options.after ?? (base < 0n ? undefined : base);
    const wanted = { ...options, ...(after !== undefined && { after }) };
    for await (const { events, position, live } of store.subscribe(wanted)) {
      const batch: Batch = { events: shown(events), position: since(position), live };
      yield batch;
    }
  }

  return {
    id: newId({ bytes: randomBytes }),
    exclusive: store.exclusive,
    append: (stream, ...rest) => store.append(own(stream), ...rest).catch(refused),
    readStream,
    readAll,
    subscribe,
    head: async () => since(await store.head()),
    delete: (stream, expected) => store.delete(own(stream), expected).catch(refused),
    tombstone: (stream, expected) => store.tombstone(own(stream), expected).catch(refused),
    close: () => store.close(),
  };
};
