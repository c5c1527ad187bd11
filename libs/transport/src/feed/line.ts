import { platformRejections } from '#lumbung/contracts';
import { type FeedEntry, Unavailable } from '#lumbung/kernel';

/** One life of a line: it holds the entries 1 to `last`. */
export type LineGeneration = { generation: number; name: string; last: number };

/** What came over a line, as it came; `done` says that it need not come again. */
export type Heard = { payload: unknown; done(): void };

/**
 * Carries a regency's feed. It is no more than a carrier: the feed itself is in the log, and what
 * a line has lost is published again, in a generation of its own.
 * Everything rejects `LineUnavailable` while there is no broker.
 */
export interface FeedLine {
  /** Its newest generation; none on a broker that never carried it, or has lost it. */
  latest(): Promise<LineGeneration | undefined>;
  /** What a generation holds at a sequence. */
  entry(of: LineGeneration, sequence: number): Promise<unknown>;
  begin(generation: number): Promise<LineGeneration>;
  end(of: LineGeneration): Promise<void>;
  /** Resolves when the broker has it; only the entry after the last is taken. */
  publish(to: LineGeneration, entry: FeedEntry): Promise<void>;
  /**
   * What comes after a sequence, in groups as it arrives, for a consumer that the broker knows by
   * its name: what is not done comes again. Ends with the generation, or when the signal aborts.
   */
  listen(consumer: string, after: number, signal: AbortSignal): AsyncIterable<Heard[]>;
}

/** The broker cannot carry the feed now. */
export class LineUnavailable extends Unavailable {
  constructor(
    readonly reason: string,
    { cause }: { cause?: unknown } = {},
  ) {
    super('SERVICE_UNAVAILABLE', platformRejections.SERVICE_UNAVAILABLE);
    this.cause = cause;
  }
}
