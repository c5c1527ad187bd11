/** Carries a payload to the handler of a pattern and its answer back. */
export abstract class Bus {
  /** Throws what the handler threw: `Rejection`, `Unavailable`, or a failure without details. */
  abstract send(pattern: string, payload: unknown): Promise<unknown>;
}
