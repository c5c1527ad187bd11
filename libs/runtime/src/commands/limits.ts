/** Bounds of the command runner; whoever wants to meet them soon lowers them. */
export type Limits = {
  /** What one append holds at most; the events of one command stay together all the same. */
  batch_bytes: number;
  /** How often a command is decided before its sender is told to come again. */
  attempts: number;
  /** Streams held in memory, idle ones. */
  streams: number;
  checkpoint: {
    /** The fewest events between two checkpoints. */
    events: number;
    /** How many times the bytes of the last checkpoint must have passed. */
    growth: number;
    /** The state's JSON in one event, at most. */
    part_bytes: number;
  };
};

export const LIMITS: Limits = {
  batch_bytes: 512 * 1024,
  attempts: 10,
  streams: 20_000,
  checkpoint: { events: 1_000, growth: 4, part_bytes: 256 * 1024 },
};
