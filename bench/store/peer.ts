// bench/peers is a package of its own, where the project's own names mean nothing.
export type { NewEvent } from '#lumbung/event-store';

import type { NewEvent } from '#lumbung/event-store';

/** What a reader looks at; a store that decodes late decodes it then. */
export type Seen = { data: unknown; metadata: unknown };

/** What is asked of every store that is measured. */
export type MeasuredStore = {
  /** `expected` is the stream's last revision, −1 for a new one. Durable when it resolves. */
  append(stream: string, events: readonly NewEvent[], expected: number): Promise<void>;
  readAll(): AsyncIterable<readonly Seen[]>;
  readStream(stream: string): Promise<readonly Seen[]>;
  close(): Promise<void>;
  /** What processes of its own have used of the processor, in microseconds. */
  cpu_us?(): number;
};

export type Peer = {
  name: string;
  /** Said beside its figures. */
  note?: string;
  /** How many streams of 100 events it takes within seconds. */
  streams: number;
  /** Opens a new store in a folder of its own. */
  open(folder: string): Promise<MeasuredStore>;
};

export const PAGE = 1000;
