import {
  type Batch,
  type Direction,
  type EventStore,
  type Filter,
  matches,
  type ReadAll,
  type ReadStream,
  type Stored,
  StoreUnavailable,
  StreamDeleted,
  StreamNotFound,
  type Subscribe,
} from './port.js';

const PAGE = 1000;

/** What is looked for in the log: at most `limit` events that pass. */
export type Search = {
  direction: Direction;
  /** Inclusive; the first or last when absent. */
  from: bigint | undefined;
  limit: number;
  passes: Passes;
};

/** Judged before an event is decoded. */
export type Passes = (stream: string, type: string) => boolean;

/**
 * `last` is how far was looked, undefined when nothing was there to look at; `ended` says that
 * nothing is left.
 */
export type Page = { events: Stored[]; last: bigint | undefined; ended: boolean };

/** `none` for a stream that does not exist or was deleted. */
export type Standing = 'none' | 'there' | 'tombstoned';

/**
 * What an adapter reads with, at once and without waiting: so nothing can be appended between
 * seeing the end of the log and waiting for it to grow.
 */
export type Log = {
  isClosed(): boolean;
  /** The last durable position; nothing later is read. */
  head(): bigint | undefined;
  standing(stream: string): Standing;
  /** Shorter than `limit` only at the end; `from` is inclusive, or the first or last if absent. */
  streamPage(
    stream: string,
    direction: Direction,
    from: number | undefined,
    limit: number,
  ): Stored[];
  page(search: Search): Page;
  /** Resolves when the log has grown or closed, or `signal` aborts. */
  changed(signal: AbortSignal | undefined): Promise<void>;
};

/** Wakes all who wait; whoever comes later waits for the next ring. */
export const bell = () => {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const wake of waiting) wake();
    },
    heard(signal: AbortSignal | undefined): Promise<void> {
      return new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal?.addEventListener('abort', wake);
      });
    },
  };
};

export const ensureOpen = (log: Pick<Log, 'isClosed'>) => {
  if (log.isClosed()) throw new StoreUnavailable('the event store is closed');
};

const passing = (filter: Filter | undefined, system = false): Passes => {
  if (!filter) return system ? () => true : (_, type) => !type.startsWith('$');
  return (stream, type) => (system || !type.startsWith('$')) && matches(filter, stream, type);
};

async function* readStream(log: Log, stream: string, options: ReadStream = {}) {
  const { direction = 'forwards', limit = Number.POSITIVE_INFINITY } = options;
  let { from } = options;
  let left = limit;
  ensureOpen(log);
  const standing = log.standing(stream);
  if (standing === 'tombstoned') throw new StreamDeleted(stream);
  if (standing === 'none' && options.mustExist) throw new StreamNotFound(stream);
  while (left > 0) {
    ensureOpen(log);
    const page = log.streamPage(stream, direction, from, Math.min(left, PAGE));
    const last = page.at(-1);
    if (!last) return;
    yield page;
    from = last.revision + (direction === 'forwards' ? 1 : -1);
    left -= page.length;
  }
}

/** Of all that is in the log, what passes. */
export async function* readPassing(
  log: Log,
  options: Pick<ReadAll, 'direction' | 'from' | 'limit'>,
  passes: Passes,
) {
  const { direction = 'forwards', limit = Number.POSITIVE_INFINITY } = options;
  let { from } = options;
  let left = limit;
  while (left > 0) {
    ensureOpen(log);
    const page = log.page({ direction, from, limit: Math.min(left, PAGE), passes });
    if (page.events.length > 0) yield page.events;
    if (page.ended || page.last === undefined) return;
    from = page.last + (direction === 'forwards' ? 1n : -1n);
    left -= page.events.length;
  }
}

async function* subscribe(log: Log, options: Subscribe = {}): AsyncGenerator<Batch> {
  const { after, filter, system, signal, batchSize = PAGE } = options;
  const passes = passing(filter, system);
  const limit = Math.max(1, batchSize);
  ensureOpen(log);
  let position = after;
  let told = false;
  while (!log.isClosed() && !signal?.aborted) {
    const from = position === undefined ? undefined : position + 1n;
    const { events, last, ended } = log.page({ direction: 'forwards', from, limit, passes });
    if (last === undefined && told) {
      await log.changed(signal);
      continue;
    }
    position = last ?? position;
    told = true;
    yield { events, position, live: ended };
  }
}

/** The reading half of an event store, from what its log can do. */
export const reading = (
  log: Log,
): Pick<EventStore, 'readStream' | 'readAll' | 'subscribe' | 'head'> => ({
  readStream: (stream, options) => readStream(log, stream, options),
  readAll: (options = {}) => readPassing(log, options, passing(options.filter, options.system)),
  subscribe: (options) => subscribe(log, options),
  async head() {
    ensureOpen(log);
    return log.head();
  },
});
