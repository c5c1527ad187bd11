import type { DomainEvent, Metadata, Recorded } from '#lumbung/kernel';
import { Conflict } from '#lumbung/kernel';

/** An event to append. `id` is a UUID that its writer derives, so that a retry repeats it. */
export type NewEvent = DomainEvent & { id: string; metadata: Metadata };

/** What the stream must look like: its last revision (0 is the first), or this word. */
export type Expected = number | 'none' | 'exists' | 'any';

/** The revision and position of the last event that was appended. */
export type Appended = { revision: number; position: bigint };

export type Direction = 'forwards' | 'backwards';

export type ReadStream = {
  direction?: Direction;
  /** Inclusive; the first revision, or backwards the last, when absent. */
  from?: number;
  /** At most this many events. */
  limit?: number;
};

/**
 * Events of these categories (the stream's name up to its first `-`) or of these types; an empty
 * filter lets nothing through.
 */
export type Filter = { categories?: readonly string[]; types?: readonly string[] };

export type ReadAll = {
  direction?: Direction;
  /** Inclusive; the start, or backwards the end, when absent. */
  from?: bigint;
  limit?: number;
  filter?: Filter;
};

export type Subscribe = {
  /** Exclusive; from the start when absent. */
  after?: bigint;
  filter?: Filter;
  /** Ends the subscription. */
  signal?: AbortSignal;
  /** At most this many events in a batch; 1,000 when absent. */
  batchSize?: number;
};

/**
 * `position` is how far the log has been read, also past events that the filter leaves out.
 * `live` says that nothing more was in the log when the batch was read.
 */
export type Batch = { events: Recorded[]; position: bigint | undefined; live: boolean };

/** The stream is not at the revision that the writer expected; nothing was written. */
export class WrongExpectedRevision extends Conflict {
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    readonly actual: number | 'none',
  ) {
    super(`${stream} is at ${actual}, not at ${expected}`);
  }
}

/** The store has failed or is closed; whether a waiting append took hold is unknown. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/**
 * The source of truth. An append is durable when its promise resolves, and readers see an event
 * only then. Positions are opaque: increasing, never contiguous.
 */
export interface EventStore {
  /** Tells this log from any other, also from a restored copy that went another way. */
  readonly id: string;
  /** True when no other process can write, so that cached state is the newest there is. */
  readonly exclusive: boolean;

  /**
   * Appends all events or none. Throws `WrongExpectedRevision`; but when exactly these event ids
   * already follow the expected revision (a number or `none`), answers as it did the first time.
   * `exists` and `any` never recognise a retry. Appending nothing is a TypeError, as is an event
   * that JSON would change, or a stream name that is not 1 to 200 printable characters. The
   * events must stay as they are until it answers. After a failed write every append is refused
   * with `StoreUnavailable`.
   */
  append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended>;

  /** In batches, up to the stream's end; nothing for a stream that does not exist. */
  readStream(stream: string, options?: ReadStream): AsyncIterable<Recorded[]>;

  /** In batches, up to the end of the log; only batches with events. */
  readAll(options?: ReadAll): AsyncIterable<Recorded[]>;

  /**
   * All events after a position, then each as it becomes durable, in order, without gap or
   * repeat. The next batch is read when the last was taken. A batch without events tells of
   * progress, or of having reached the end (`live`). Ends when the signal aborts or the store
   * closes.
   */
  subscribe(options?: Subscribe): AsyncIterable<Batch>;

  /** The last position in the log, undefined when it is empty. */
  head(): Promise<bigint | undefined>;

  /** Finishes what was accepted; reads and appends are refused from the call on. */
  close(): Promise<void>;
}

export const categoryOf = (stream: string): string => {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
};

export const matches = (filter: Filter | undefined, stream: string, type: string): boolean =>
  !filter ||
  (filter.categories?.includes(categoryOf(stream)) ?? false) ||
  (filter.types?.includes(type) ?? false);
