import { Gone } from './failure.js';

/** A read or a subscription of the client. */
export type Source = {
  readonly readableLength: number;
  read(): unknown;
  on(event: string, listener: (argument: unknown) => void): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
  destroy(): unknown;
};

/** How many events wait here at most, beside what the connection holds. */
export const HELD_MAX = 512;

/** What the server sends, taken one by one; more is asked for only when there is room. */
export class Inbox<T> {
  private failure: unknown;
  private isOver = false;
  private wake: () => void = () => undefined;
  private readonly leave: () => void;
  private isStopped = false;
  private call: Source | undefined;

  constructor(
    private readonly source: Source,
    private readonly gone: AbortSignal,
  ) {
    this.leave = () => this.fail(new Gone('the connection was given up'));
    source.on('pipe', (call) => {
      this.call = call as Source;
      if (this.isStopped) this.call.destroy();
    });
    source.on('readable', () => this.wake());
    source.on('error', (error) => this.fail(error));
    source.on('end', () => this.end());
    source.on('close', () => this.end());
    gone.addEventListener('abort', this.leave);
    if (gone.aborted) this.leave();
  }

  /** Undefined when nothing is here now. */
  take(): T | undefined {
    return (this.source.read() as T | null) ?? undefined;
  }

  isEmpty(): boolean {
    return this.source.readableLength === 0;
  }

  /** Resolves when there may be something, with false when nothing comes any more. */
  async more(): Promise<boolean> {
    if (!this.isEmpty()) return true;
    if (this.failure !== undefined) throw this.failure;
    if (this.isOver) return false;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    return true;
  }

  /** Tells the server that no more is wanted. */
  stop(): void {
    this.gone.removeEventListener('abort', this.leave);
    const { source } = this;
    const stopped = source.cancel?.() ?? source.unsubscribe?.();
    stopped?.catch(() => undefined);
    source.destroy();
    // The client keeps each call whose end was not read; a cancelled one may have ended before.
    this.isStopped = true;
    this.call?.destroy();
    this.wake();
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.wake();
  }

  private end(): void {
    this.isOver = true;
    this.wake();
  }
}
