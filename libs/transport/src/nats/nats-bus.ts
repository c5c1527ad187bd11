import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { platformRejections } from '#lumbung/contracts';
import { type Platform, refuse, Unavailable } from '#lumbung/kernel';
import { Bus } from '../bus.js';
import type { CallObserver } from '../call-observer.js';
import { currentDeadline } from '../deadline.js';
import { fromWire, Unexpected } from '../failure/failure.js';
import {
  callHeaders,
  isNobodyThere,
  isWorking,
  lookingAfter,
  type Reply,
  SILENCE_MS,
  subjectOf,
} from './wire.js';

type Waiting = {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
  /** When something was last heard of it. */
  heard_ms: number;
  deadline_ms: number;
};

export type NatsBusOptions = Pick<Platform, 'clock' | 'timers'> & {
  connection: NatsConnection;
  regency: string;
  observer?: CallObserver | undefined;
};

const unavailable = (code: 'SERVICE_UNAVAILABLE' | 'DEADLINE_PASSED') =>
  new Unavailable(code, platformRejections[code]);

const encoder = new TextEncoder();

/**
 * The bus over NATS. Rejects `Unavailable`: at once when no service takes the call, after two
 * seconds without a sign of life from the one that took it, and at the deadline of whoever asked
 * first. The call may have been done then, and may be sent again under the same command id.
 */
export class NatsBus extends Bus {
  private readonly inbox: string;
  private readonly calls = new Map<string, Waiting>();
  private readonly closing = new AbortController();
  private count = 0;

  constructor(private readonly options: NatsBusOptions) {
    super();
    const { connection } = options;
    this.inbox = createInbox();
    connection.subscribe(`${this.inbox}.*`, { callback: (_, message) => this.hear(message) });
    lookingAfter(this.options, this.closing.signal, (now_ms) => this.look(now_ms)).catch(
      () => undefined,
    );
  }

  async send(pattern: string, payload: unknown): Promise<unknown> {
    const { observer } = this.options;
    const make = (traceparent?: string) => this.call(pattern, payload, traceparent);
    return observer ? observer.calling(pattern, payload, make) : make();
  }

  private async call(pattern: string, payload: unknown, traceparent?: string): Promise<unknown> {
    const { connection, regency, clock } = this.options;
    const bytes = encoder.encode(JSON.stringify({ payload }));
    const now_ms = clock.elapsed_ms();
    const deadline_ms = currentDeadline();
    if (this.closing.signal.aborted) throw unavailable('SERVICE_UNAVAILABLE');
    if (deadline_ms <= now_ms) throw unavailable('DEADLINE_PASSED');
    if (bytes.length > (connection.info?.max_payload ?? Number.POSITIVE_INFINITY)) {
      throw refuse(platformRejections, 'MESSAGE_TOO_LARGE');
    }
    const left_ms = deadline_ms - now_ms;
    const call = String(this.count++);
    return new Promise((resolve, reject) => {
      this.calls.set(call, { resolve, reject, heard_ms: now_ms, deadline_ms });
      connection.publish(subjectOf(regency, pattern), bytes, {
        reply: `${this.inbox}.${call}`,
        ...callHeaders(left_ms, traceparent),
      });
    });
  }

  /** Whoever still waits is told that nobody answers. The connection stays. */
  close(): void {
    this.closing.abort();
    for (const call of this.calls.keys()) this.fail(call, unavailable('SERVICE_UNAVAILABLE'));
  }

  private hear(message: Msg): void {
    const call = message.subject.slice(this.inbox.length + 1);
    const waiting = this.calls.get(call);
    if (!waiting) return;
    if (isWorking(message)) {
      waiting.heard_ms = this.options.clock.elapsed_ms();
      return;
    }
    this.calls.delete(call);
    if (isNobodyThere(message)) {
      waiting.reject(unavailable('SERVICE_UNAVAILABLE'));
      return;
    }
    const { answer, failure } = replyOf(message);
    if (failure === undefined) waiting.resolve(answer);
    else waiting.reject(fromWire(failure));
  }

  private fail(call: string, error: Error): void {
    this.calls.get(call)?.reject(error);
    this.calls.delete(call);
  }

  private look(now_ms: number): void {
    for (const [call, { heard_ms, deadline_ms }] of this.calls) {
      if (now_ms >= deadline_ms) this.fail(call, unavailable('DEADLINE_PASSED'));
      else if (now_ms - heard_ms >= SILENCE_MS) {
        this.fail(call, unavailable('SERVICE_UNAVAILABLE'));
      }
    }
  }
}

const replyOf = (message: Msg): Reply => {
  try {
    return message.json<Reply>();
  } catch {
    return { failure: new Unexpected() };
  }
};
