import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { platformRejections } from '#lumbung/contracts';
import { type Platform, refuse, Unavailable } from '#lumbung/kernel';
import type { CallObserver } from '../call-observer.js';
import { until } from '../deadline.js';
import { toWire } from '../failure/failure.js';
import {
  leftOf,
  lookingAfter,
  type Reply,
  subjectOf,
  traceparentIn,
  WORKING,
  WORKING_MS,
  withHeader,
} from './wire.js';

// Whoever is further behind than this is better asked again later, or another instance of it.
const MOST_CALLS = 5_000;

const notNow = (code: 'TOO_BUSY' | 'DEADLINE_PASSED'): Reply => ({
  failure: toWire(new Unavailable(code, platformRejections[code])),
});

export type NatsServerOptions = Pick<Platform, 'clock' | 'timers'> & {
  connection: NatsConnection;
  regency: string;
  /** Instances of one service share its calls. */
  service: string;
  observer?: CallObserver | undefined;
};

type Handle = (payload: unknown) => Promise<unknown>;

/** The receiving end of the bus over NATS: one subscription for each method of its faces. */
export class NatsServer extends Server implements CustomTransportStrategy {
  private readonly subscriptions: Subscription[] = [];
  /** Calls under way, and when their caller last heard of them. */
  private readonly calls = new Map<Msg, number>();
  private readonly closing = new AbortController();
  private idle: () => void = () => undefined;

  constructor(private readonly options: NatsServerOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    const { connection, regency, service: queue } = this.options;
    for (const [pattern, handler] of this.messageHandlers) {
      const subject = subjectOf(regency, pattern);
      const take = (_: Error | null, message: Msg) => {
        this.take(this.observed(pattern, handler, message), message).catch(() => undefined);
      };
      this.subscriptions.push(connection.subscribe(subject, { queue, callback: take }));
    }
    lookingAfter(this.options, this.closing.signal, (now_ms) => this.look(now_ms)).catch(
      () => undefined,
    );
    connection.flush().then(() => callback(), callback);
  }

  /** Takes no more calls; resolves when those it took are answered. */
  async close(): Promise<void> {
    for (const subscription of this.subscriptions.splice(0)) subscription.unsubscribe();
    if (this.calls.size > 0) {
      await new Promise<void>((resolve) => {
        this.idle = resolve;
      });
    }
    this.closing.abort();
    if (!this.options.connection.isClosed()) await this.options.connection.flush();
  }

  on(): void {
    throw new TypeError('ask the connection itself for its events');
  }

  unwrap<T>(): T {
    return this.options.connection as T;
  }

  private observed(pattern: string, handler: MessageHandler, message: Msg): Handle {
    const handle = async (payload: unknown) =>
      firstValueFrom(this.transformToObservable(await handler(payload)));
    const { observer } = this.options;
    if (!observer) return handle;
    return (payload) => observer.answering(pattern, traceparentIn(message), () => handle(payload));
  }

  private async take(handle: Handle, message: Msg): Promise<void> {
    if (this.calls.size >= MOST_CALLS) {
      this.reply(message, notNow('TOO_BUSY'));
      return;
    }
    const left_ms = leftOf(message);
    if (left_ms <= 0) {
      this.reply(message, notNow('DEADLINE_PASSED'));
      return;
    }
    const { clock } = this.options;
    const now_ms = clock.elapsed_ms();
    this.calls.set(message, now_ms);
    const reply = await until(now_ms + left_ms, () => this.answer(handle, message));
    this.calls.delete(message);
    this.reply(message, reply);
    if (this.calls.size === 0) this.idle();
  }

  private async answer(handle: Handle, message: Msg): Promise<Reply> {
    let payload: unknown;
    try {
      ({ payload } = message.json<{ payload?: unknown }>());
    } catch {
      const malformed = refuse(platformRejections, 'INVALID_INPUT', { fields: ['message'] });
      return { failure: toWire(malformed) };
    }
    try {
      return { answer: await handle(payload) };
    } catch (failure) {
      return { failure };
    }
  }

  private reply(message: Msg, reply: Reply): void {
    const text = JSON.stringify(reply);
    const most = this.options.connection.info?.max_payload ?? Number.POSITIVE_INFINITY;
    if (Buffer.byteLength(text) <= most) {
      message.respond(text);
      return;
    }
    const tooLarge = refuse(platformRejections, 'MESSAGE_TOO_LARGE');
    message.respond(JSON.stringify({ failure: toWire(tooLarge) }));
  }

  /** Tells whoever waits long that he does not wait for nothing. */
  private look(now_ms: number): void {
    for (const [message, told_ms] of this.calls) {
      if (now_ms - told_ms < WORKING_MS) continue;
      this.calls.set(message, now_ms);
      message.respond('', { headers: withHeader(WORKING, '1') });
    }
  }
}
