import { platformRejections } from '#lumbung/contracts';
import { Unavailable } from '#lumbung/kernel';

type Waiter = { position: bigint; resolve: () => void; reject: (error: unknown) => void };

const code = 'SERVICE_UNAVAILABLE';
const closed = () => new Unavailable(code, platformRejections[code]);

/** Lets others wait until a reader of the log has come to a position. */
export class Arrivals {
  private position: bigint | undefined;
  private isClosed = false;
  private readonly waiting = new Set<Waiter>();
  private watching: (() => void)[] = [];

  reached(position: bigint | undefined): void {
    this.position = position;
    for (const waiter of this.waiting) {
      if (position === undefined || waiter.position > position) continue;
      this.waiting.delete(waiter);
      waiter.resolve();
    }
    this.wakeWatching();
  }

  /** The reader has stopped: whoever waits for what it will not reach is told `Unavailable`. */
  close(): void {
    this.isClosed = true;
    for (const { reject } of this.waiting) reject(closed());
    this.waiting.clear();
    this.wakeWatching();
  }

  /** Resolves when `position` has been reached; forgotten when `signal` aborts. */
  until(position: bigint, signal?: AbortSignal): Promise<void> {
    if (this.position !== undefined && this.position >= position) return Promise.resolve();
    if (this.isClosed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      const waiter = { position, resolve, reject };
      this.waiting.add(waiter);
      signal?.addEventListener('abort', () => this.waiting.delete(waiter));
    });
  }

  /** Resolves at the next arrival, wherever it is, or when the reader stops. */
  next(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    return new Promise((resolve) => this.watching.push(resolve));
  }

  private wakeWatching(): void {
    for (const resolve of this.watching.splice(0)) resolve();
  }
}
