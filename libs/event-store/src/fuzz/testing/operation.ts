import type { Direction, Expected, Filter, Write } from '../../port.js';

/** A place in the log: beside the event of a rank, counted from the first. */
export type Beside = { rank: number; by: -1 | 0 | 1 };

/** What is done to every store alike; places stand for positions, of which each has its own. */
export type Operation =
  | ({ do: 'append' } & Write)
  /** All at the same time, in this order. */
  | { do: 'together'; writes: Write[] }
  | { do: 'atomic'; writes: Write[] }
  | { do: 'delete' | 'tombstone'; stream: string; expected: Expected }
  | {
      do: 'readStream';
      stream: string;
      direction: Direction;
      from?: number;
      limit?: number;
      mustExist: boolean;
    }
  | {
      do: 'readAll';
      direction: Direction;
      from?: Beside;
      limit: number;
      filter?: Filter;
      system: boolean;
    }
  /** As many batches as make so many events, or all there is. */
  | {
      do: 'subscribe';
      after?: Beside;
      filter?: Filter;
      system: boolean;
      batchSize: number;
      most: number;
    }
  | { do: 'head' }
  /** Closes and opens again what can be; then reads all that was written since the last time. */
  | { do: 'reopen' };
