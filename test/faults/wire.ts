import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { headers, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { connectNats } from '#lumbung/transport/nats';
import { until } from './regency.js';

const COPY = 'Faults-Copy';
const SOONEST_MS = 50;
const LATEST_MS = 1_500;

const FLOOD = 'faults.flood';
const FLOOD_BYTES = 1_000_000;
const FLOOD_MESSAGES = 100;

const copyOf = (message: Msg) => {
  const all = headers();
  for (const name of message.headers?.keys() ?? []) all.set(name, message.headers?.get(name) ?? '');
  all.set(COPY, '1');
  return all;
};

/**
 * Says again what is said on a subject, later and in another order, until it is closed: nobody
 * waits for the answer, or somebody who never asked.
 */
export class Echo {
  count = 0;
  private readonly pending = new Set<Promise<void>>();
  private readonly subscription: Subscription;

  private constructor(
    private readonly connection: NatsConnection,
    subject: string,
    private readonly below: (count: number) => number,
  ) {
    this.subscription = connection.subscribe(subject, {
      callback: (_, message) => {
        if (message.headers?.has(COPY)) return;
        const said = this.sayAgain(message).finally(() => this.pending.delete(said));
        this.pending.add(said);
      },
    });
  }

  static async of(url: string, subject: string, below: (count: number) => number) {
    return new Echo(await connectNats({ url, name: 'echo' }), subject, below);
  }

  /** Resolves when the last of it is said. */
  async close(): Promise<void> {
    this.subscription.unsubscribe();
    await Promise.all(this.pending);
    await this.connection.close();
  }

  private async sayAgain(message: Msg): Promise<void> {
    await setTimeout(SOONEST_MS + this.below(LATEST_MS - SOONEST_MS));
    const reply = this.below(2) === 0 ? {} : { reply: 'faults.nobody-asked' };
    this.connection.publish(message.subject, message.data, {
      headers: copyOf(message),
      ...reply,
    });
    this.count += 1;
  }
}

/**
 * Asks for all that is said, and for more than a broker keeps for anybody, and never reads.
 * Resolves when the broker has given it up.
 */
export const slowConsumer = async (url: string, subject: string): Promise<void> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(`CONNECT {"verbose":false}\r\nSUB ${subject} 1\r\nSUB ${FLOOD} 2\r\nPING\r\n`);
  await setTimeout(LATEST_MS);
  const connection = await connectNats({ url, name: 'flood' });
  try {
    const bytes = new Uint8Array(FLOOD_BYTES);
    for (let count = 0; count < FLOOD_MESSAGES; count++) {
      connection.publish(FLOOD, bytes);
      await connection.flush();
    }
  } finally {
    await connection.close();
  }
  let read = 0;
  socket.on('data', (some) => {
    read += some.length;
  });
  await until('the broker gives up who never reads', () => socket.closed);
  expect(read).toBeLessThan(FLOOD_BYTES * FLOOD_MESSAGES);
};
