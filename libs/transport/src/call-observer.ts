/** Is told of calls while they are made and answered; a bus is the same without one. */
export interface CallObserver {
  /** Makes a call; what `make` is given travels with it, and tells the other side whose it is. */
  calling<T>(
    pattern: string,
    payload: unknown,
    make: (traceparent: string | undefined) => Promise<T>,
  ): Promise<T>;

  /** Answers a call; without a `traceparent` it was made in this process. */
  answering<T>(
    pattern: string,
    traceparent: string | undefined,
    answer: () => Promise<T>,
  ): Promise<T>;
}
