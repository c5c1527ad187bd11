import type { DomainEvent, Metadata, Recorded } from '#lumbung/kernel';
import { Conflict } from '#lumbung/kernel';

/** A payload that is kept byte for byte: what another program wrote, and no JSON value of ours. */
export class RawPayload {
  constructor(
    readonly bytes: Uint8Array,
    readonly isJson: boolean,
  ) {}

  /** What it says when it is JSON; else the bytes themselves. */
  value(): unknown {
    return this.isJson ? JSON.parse(Buffer.from(this.bytes).toString()) : this.bytes;
  }
}

/**
 * An event to append. `id` is a UUID that its writer derives, so that a retry repeats it. For what
 * another program wrote, data and metadata may each be a `RawPayload`.
 */
export type NewEvent = DomainEvent & {
  id: string;
  metadata: Metadata;
  /** When it was first stored, of a copy: milliseconds since 1970. A server sets its own. */
  created?: number;
};

/**
 * An event as it is stored. `created` is when, in milliseconds since 1970, and never runs
 * backwards. `version` is 0 where another program wrote the event.
 */
export type Stored = Recorded & {
  readonly created: number;
  /** Set where the payload is one that is kept byte for byte. */
  readonly rawData?: RawPayload | undefined;
  readonly rawMetadata?: RawPayload | undefined;
};

/** What the stream must look like: its last revision (0 is the first), or this word. */
export type Expected = number | 'none' | 'exists' | 'any';

/** What is appended to one stream. */
export type Write = { stream: string; events: readonly NewEvent[]; expected: Expected };

/** The revision and position of the last event that was appended. */
export type Appended = { revision: number; position: bigint };

export type Direction = 'forwards' | 'backwards';

export type ReadStream = {
  direction?: Direction;
  /** Inclusive; the first revision, or backwards the last, when absent. */
  from?: number;
  /** At most this many events. */
  limit?: number;
  /** Throws `StreamNotFound` for a stream that does not exist or was deleted. */
  mustExist?: boolean;
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
  /** Shows the store's own events too, whose types begin with `$`. */
  system?: boolean;
};

export type Subscribe = {
  /** Exclusive; from the start when absent. */
  after?: bigint;
  filter?: Filter;
  system?: boolean;
  /** Ends the subscription. */
  signal?: AbortSignal;
  /** At most this many events in a batch; 1,000 when absent. */
  batchSize?: number;
};

/**
 * `position` is how far the log has been read, also past events that the filter leaves out.
 * `live` says that nothing more was in the log when the batch was read.
 */
export type Batch = { events: Stored[]; position: bigint | undefined; live: boolean };

/** One of several equal parts of the work: the `index`th of `of`. */
export type Part = { index: number; of: number };

/** A log that is only read: what was in it when it was opened, and nothing later. */
export type LogSource = Pick<EventStore, 'readStream' | 'readAll' | 'subscribe' | 'head'> & {
  /** The events of the streams of a part, whole and in log order. */
  readPart(part: Part): AsyncGenerator<Stored[]>;
};

/** What a fold on a thread of its own is given; it ends early when `signal` aborts. */
export type Folding<Input = unknown, Progress = unknown> = {
  log: LogSource;
  part: Part;
  input: Input;
  signal: AbortSignal;
  report(progress: Progress): void;
};

export type FoldTask<Input = unknown, Progress = unknown> = {
  /** Address of a module that exports `fold(folding: Folding)`, resolving to what it makes. */
  module: URL;
  /** Handed to each fold; copied, as all that is reported and made. */
  input: Input;
  signal?: AbortSignal;
  onProgress?: (progress: Progress, part: Part) => void;
};

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

/** There is no such stream, or it was deleted and nothing was appended since. */
export class StreamNotFound extends Error {
  override readonly name = 'StreamNotFound';
  constructor(readonly stream: string) {
    super(`there is no stream ${stream}`);
  }
}

/** The stream was deleted for good: nothing can be read from it or appended to it. */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
  constructor(readonly stream: string) {
    super(`${stream} was deleted for good`);
  }
}

/** The stream is of a category that is kept for ever: no deletion, no truncation, no limit. */
export class StreamKept extends Error {
  override readonly name = 'StreamKept';
  constructor(readonly stream: string) {
    super(`${stream} is kept for ever; nothing of it may be deleted`);
  }
}

/** The store has failed or is closed; whether a waiting append took hold is unknown. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** A file of the store is not what was written, from a byte on. */
export class StoreDamaged extends StoreUnavailable {
  constructor(
    readonly path: string,
    readonly offset: number,
  ) {
    super(
      `${path} is damaged at byte ${offset}: restore that file from a backup, ` +
        'then check it with `lumbung log verify`',
    );
  }
}

/** Another process has the store. */
export class StoreInUse extends StoreUnavailable {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`${folder} is in use by process ${pid}`);
  }
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
   * that JSON would change, or a stream name that is not 1 to 200 printable characters. Names
   * and types that begin with `$` are the store's own; only the `$metadata` of a stream is
   * appended like any event, to `$$` and its name. The events must stay as they are until it
   * answers. After a failed write every append is refused with `StoreUnavailable`, and one to a
   * tombstoned stream with `StreamDeleted`.
   */
  append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended>;

  /**
   * Appends to several streams, each once: all of it or nothing. Absent where the engine cannot.
   */
  appendAtomic?(writes: readonly Write[]): Promise<Appended[]>;

  /**
   * In batches, up to the stream's end; nothing for a stream that does not exist. Leaves out what
   * the stream's metadata lets go (`$maxCount`, `$maxAge` in seconds, `$tb`: the first revision
   * that counts). Throws `StreamDeleted` for a tombstoned stream.
   */
  readStream(stream: string, options?: ReadStream): AsyncIterable<Stored[]>;

  /**
   * In batches, up to the end of the log; only batches with events. What streams let go is still
   * here until the log is compacted.
   */
  readAll(options?: ReadAll): AsyncIterable<Stored[]>;

  /**
   * All events after a position, then each as it becomes durable, in order, without gap or
   * repeat. The next batch is read when the last was taken. A batch without events tells of
   * progress, or of having reached the end (`live`). Ends when the signal aborts or the store
   * closes.
   */
  subscribe(options?: Subscribe): AsyncIterable<Batch>;

  /**
   * Folds the log on several threads of this process. Events are read and decoded where they are
   * folded; only what each makes of its part comes back, in order of the parts. It may see what is
   * not durable yet: whoever minds reads up to a `head` that he asked for before. One fold goes
   * on at a time. Rejects with the first failure, or the reason of an abort, when all threads
   * have ended. Absent where the log cannot be read so, or no threads were given.
   */
  fold?<State, Input, Progress>(task: FoldTask<Input, Progress>): Promise<State[]>;

  /** The last position in the log, undefined when it is empty. */
  head(): Promise<bigint | undefined>;

  /**
   * Empties a stream; what is appended later goes on with its numbers. Answers the position of
   * the deletion. Throws `WrongExpectedRevision`, `StreamDeleted`, and `StreamKept`.
   */
  delete(stream: string, expected: Expected): Promise<bigint>;

  /** Ends a stream for good; throws as `delete` does. */
  tombstone(stream: string, expected: Expected): Promise<bigint>;

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
