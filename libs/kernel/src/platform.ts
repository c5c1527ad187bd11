import type { Instant } from './values/time.js';

/** UTC now, and milliseconds that never run backwards, for measuring. */
export type Clock = { now(): Instant; elapsed_ms(): number };

export type Timers = {
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export type Random = { bytes(count: number): Uint8Array };

export type Files = {
  /** The file's bytes, undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Writes and syncs a file that only its owner may read (mode 600); fails if it exists. */
  createSecret(path: string, bytes: Uint8Array): Promise<void>;
  makeFolder(path: string): Promise<void>;
  remove(path: string): Promise<void>;
};

/** All that libraries take from the machine, so that a simulator can own time, disk and chance. */
export type Platform = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly files: Files;
};
