import type { Recorded } from '#lumbung/kernel';
import {
  type Batch,
  type Direction,
  type EventStore,
  type Filter,
  matches,
  type ReadAll,
  type ReadStream,
  StoreUnavailable,
  type Subscribe,
} from './port.js';

const PAGE = 1000;

/**
 * What an adapter reads with, at once and without waiting: so nothing can be appended between
 * seeing the end of the log and waiting for it to grow. A page is shorter than `limit` only at
 * the end; `from` is inclusive, and where it is absent reading starts at the first or last.
 */
export type Log = {
  isClosed(): boolean;
  /** The last durable position; nothing later is read. */
  head(): bigint | undefined;
  streamPage(
    stream: string,
    direction: Direction,
    from: number | undefined,
    limit: number,
  ): Recorded[];
  page(direction: Direction, from: bigint | undefined, limit: number): Recorded[];
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

export const ensureOpen = (log: Log) => {
  if (log.isClosed()) throw new StoreUnavailable('the event store is closed');
};

const passing = (filter: Filter | undefined, page: Recorded[]): Recorded[] =>
  filter ? page.filter(({ stream, type }) => matches(filter, stream, type)) : page;

async function* readStream(log: Log, stream: string, options: ReadStream = {}) {
  const { direction = 'forwards', limit = Number.POSITIVE_INFINITY } = options;
  let { from } = options;
  let left = limit;
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

async function* readAll(log: Log, options: ReadAll = {}) {
  const { direction = 'forwards', limit = Number.POSITIVE_INFINITY, filter } = options;
  let { from } = options;
  let left = limit;
  while (left > 0) {
    ensureOpen(log);
    const page = log.page(direction, from, filter ? PAGE : Math.min(left, PAGE));
    const last = page.at(-1);
    if (!last) return;
    const events = passing(filter, page).slice(0, left);
    if (events.length > 0) yield events;
    from = last.position + (direction === 'forwards' ? 1n : -1n);
    left -= events.length;
  }
}

async function* subscribe(log: Log, options: Subscribe = {}): AsyncGenerator<Batch> {
  const { after, filter, signal, batchSize = PAGE } = options;
  ensureOpen(log);
  let position = after;
  let told = false;
  while (!log.isClosed() && !signal?.aborted) {
    const from = position === undefined ? undefined : position + 1n;
    const page = log.page('forwards', from, Math.max(1, batchSize));
    if (page.length === 0 && told) {
      await log.changed(signal);
      continue;
    }
    position = page.at(-1)?.position ?? position;
    told = true;
    yield { events: passing(filter, page), position, live: (position ?? 0n) >= (log.head() ?? 0n) };
  }
}

/** The reading half of an event store, from what its log can do. */
export const reading = (
  log: Log,
): Pick<EventStore, 'readStream' | 'readAll' | 'subscribe' | 'head'> => ({
  readStream: (stream, options) => readStream(log, stream, options),
  readAll: (options) => readAll(log, options),
  subscribe: (options) => subscribe(log, options),
  async head() {
    ensureOpen(log);
    return log.head();
  },
});
