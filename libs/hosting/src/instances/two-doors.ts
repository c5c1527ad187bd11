import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import type { NatsServer } from '#lumbung/transport/nats';

type Listened = (error?: unknown) => void;

/** Handlers that are reached in two ways: as any instance of a service, and as this one alone. */
export class TwoDoors extends Server implements CustomTransportStrategy {
  constructor(private readonly doors: readonly [NatsServer, NatsServer]) {
    super();
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler?: boolean,
    extras?: Record<string, unknown>,
  ): void {
    for (const door of this.doors) door.addHandler(pattern, callback, isEventHandler, extras);
  }

  listen(callback: Listened): void {
    const opened = this.doors.map(
      (door) =>
        new Promise<void>((resolve, reject) => {
          door.listen((error) => (error ? reject(error) : resolve()));
        }),
    );
    Promise.all(opened).then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await Promise.all(this.doors.map((door) => door.close()));
  }

  on(): void {
    this.doors[0].on();
  }

  unwrap<T>(): T {
    return this.doors[0].unwrap<T>();
  }
}
