/** Lets others wait until a reader of the log has come to a position. */
export class Arrivals {
  private position: bigint | undefined;
  private waiting: { position: bigint; resolve: () => void }[] = [];
  private watching: (() => void)[] = [];

  reached(position: bigint | undefined): void {
    this.position = position;
    if (position !== undefined) {
      const arrived = this.waiting.filter((waiter) => waiter.position <= position);
      this.waiting = this.waiting.filter((waiter) => waiter.position > position);
      for (const { resolve } of arrived) resolve();
    }
    for (const resolve of this.watching.splice(0)) resolve();
  }

  /** Resolves when `position` has been reached. */
  until(position: bigint): Promise<void> {
    if (this.position !== undefined && this.position >= position) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ position, resolve }));
  }

  /** Resolves at the next arrival, wherever it is. */
  next(): Promise<void> {
    return new Promise((resolve) => this.watching.push(resolve));
  }
}
