import { setMaxListeners } from 'node:events';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Platform } from '#lumbung/kernel';
import { StoreUnavailable } from '../port.js';
import { type Line, openLine } from './client.js';
import { isPassing, Patience } from './failure.js';
import { Inbox, type Source } from './inbox.js';

const PAUSE_MS = 20;
const PAUSE_MS_MAX = 2000;

export type ConnectionOptions = Pick<Platform, 'random' | 'timers'> & {
  /** As EventStoreDB writes it: `esdb://user:password@host:2113?tls=true`. */
  url: string;
  /** How long a call may take, trying again included; 10 seconds when absent. */
  deadline_ms?: number | undefined;
};

/** The way to the server, made anew whenever it broke. */
export class Connection {
  private readonly closing = new AbortController();
  /** Aborts when the store is closed. */
  readonly closed = this.closing.signal;
  private readonly deadline_ms: number;
  private line: Line;

  constructor(private readonly options: ConnectionOptions) {
    this.deadline_ms = options.deadline_ms ?? 10_000;
    this.line = openLine(options.url, this.deadline_ms);
    setMaxListeners(0, this.closed);
  }

  ensureOpen(): void {
    if (this.closed.aborted) throw new StoreUnavailable('the event store is closed');
  }

  patience(): Patience {
    return new Patience(this.options.timers, this.deadline_ms);
  }

  /** Longer each time, up to two seconds, and never the same for all who wait. */
  async pause(tries: number, signal: AbortSignal): Promise<void> {
    const { random, timers } = this.options;
    const [chance = 0] = random.bytes(1);
    const longest = Math.min(PAUSE_MS * 2 ** tries, PAUSE_MS_MAX);
    await timers.sleep(longest * (0.5 + chance / 512), signal);
  }

  open<T>(begin: (client: EventStoreDBClient) => Source): Inbox<T> {
    const { client, gone } = this.line;
    return new Inbox<T>(begin(client), gone);
  }

  /** Tries until it goes well or the time is over; once only where a repeat could do harm. */
  async call<T>(
    act: (client: EventStoreDBClient) => Promise<T>,
    { isRepeatable }: { isRepeatable: boolean },
  ): Promise<T> {
    const patience = this.patience();
    try {
      for (let tries = 0; ; tries++) {
        const { line } = this;
        try {
          return await patience.wait(act(line.client));
        } catch (error) {
          const isWorthIt = isRepeatable && isPassing(error) && !patience.isOut;
          if (!isWorthIt) {
            if (isPassing(error)) this.renew(line);
            throw error;
          }
        }
        await this.pause(tries, patience.signal);
      }
    } finally {
      patience.end();
    }
  }

  /** From here on nothing is read or begun; appends that were accepted go on. */
  refuse(): void {
    this.closing.abort();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.line.leave();
  }

  /**
   * What a client once learned of a server that failed it keeps for good, so the next call begins
   * with another.
   */
  private renew(failed: Line): void {
    if (this.closed.aborted || this.line !== failed) return;
    this.line = openLine(this.options.url, this.deadline_ms);
    failed.leave().catch(() => undefined);
  }
}
