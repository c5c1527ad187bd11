import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { platformRejections } from '#lumbung/contracts';
import { Unavailable } from '#lumbung/kernel';
import { Bus } from './bus.js';
import type { CallObserver } from './call-observer.js';
import { fromWire } from './failure/failure.js';

const overTheWire = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** The receiving end of the bus of a single process. */
export class InProcessServer extends Server implements CustomTransportStrategy {
  isOpen = false;

  listen(callback: () => void): void {
    this.isOpen = true;
    callback();
  }

  close(): void {
    this.isOpen = false;
  }

  on(): void {
    throw new TypeError('the bus of one process has no connection events');
  }

  unwrap<T>(): T {
    throw new TypeError('the bus of one process has no client below it');
  }
}

/**
 * The bus of a single process. Payloads and answers make the same JSON round trip as over NATS,
 * so nothing crosses here that would not cross there.
 */
export class InProcessBus extends Bus {
  readonly server = new InProcessServer();
  private readonly handlers = new Map<string, MessageHandler>();

  constructor(private readonly observer?: CallObserver) {
    super();
  }

  async send(pattern: string, payload: unknown): Promise<unknown> {
    const make = () => this.call(pattern, payload);
    return this.observer ? this.observer.calling(pattern, payload, make) : make();
  }

  private async call(pattern: string, payload: unknown): Promise<unknown> {
    const handler = this.server.isOpen ? this.handlerOf(pattern) : null;
    if (!handler) {
      const code = 'SERVICE_UNAVAILABLE';
      throw new Unavailable(code, platformRejections[code]);
    }
    const sent = overTheWire(payload);
    const answer = async () =>
      firstValueFrom(this.server.transformToObservable(await handler(sent)));
    const { observer } = this;
    const answering = observer ? () => observer.answering(pattern, undefined, answer) : answer;
    return overTheWire(await this.answerOf(answering));
  }

  private async answerOf(answer: () => Promise<unknown>): Promise<unknown> {
    try {
      return await answer();
    } catch (failure) {
      throw fromWire(overTheWire(failure));
    }
  }

  // Nest takes a pattern apart at each look.
  private handlerOf(pattern: string): MessageHandler | null {
    const known = this.handlers.get(pattern);
    if (known) return known;
    const handler = this.server.getHandlerByPattern(pattern);
    if (handler) this.handlers.set(pattern, handler);
    return handler;
  }
}
