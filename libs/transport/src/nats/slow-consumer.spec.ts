import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { brokerForTests, describeWithNats } from '../testing/broker.js';
import { nodeClock } from '../testing/clock.js';
import { asking, pantry } from '../testing/pantry.js';
import { connectNats, NatsBus, NatsServer } from './index.js';

const REGENCY = '35.06';
const FLOOD = 'lumbung.3506.flood';
const FLOOD_BYTES = 1_000_000;
// The broker keeps 64 MB for somebody who does not read, and no longer than it was told.
const FLOOD_MESSAGES = 80;
const GIVEN_UP_MS = 6_000;
const SILENCE_MS = 2_000;

const flood = async (connection: NatsConnection) => {
  for (let count = 0; count < FLOOD_MESSAGES; count++) {
    connection.publish(FLOOD, new Uint8Array(FLOOD_BYTES));
    await connection.flush();
  }
};

/** Somebody who asks for all that is said, and never reads. */
const slowConsumer = (url: string) => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write('CONNECT {"verbose":false}\r\nSUB lumbung.3506.> 1\r\nPING\r\n');
  return socket;
};

describeWithNats('somebody who hears all that is said, and never reads', () => {
  const start = brokerForTests();

  it('is given up by the broker, and nobody has waited for him', async () => {
    const { url } = await start();
    const slow = slowConsumer(url);
    const flooding = await connectNats({ url, name: 'flood' });
    const connection = await connectNats({ url, name: 'test' });
    const given = { connection, regency: REGENCY, ...nodeClock };
    const bus = new NatsBus(given);
    const server = new NatsServer({ ...given, service: 'test' });
    const { open, close } = await pantry('a-token', { bus, server });
    await open();
    const began_ms = performance.now();
    let isOver = false;
    const flooded = flood(flooding).then(() => {
      isOver = true;
    });
    let slowest_ms = 0;
    while (!isOver) {
      const asked_ms = performance.now();
      expect(await bus.send('test.pantry.echo', asking({ value: 'rice' }))).toBe('rice');
      slowest_ms = Math.max(slowest_ms, performance.now() - asked_ms);
      await setTimeout(20);
    }
    await flooded;
    expect(performance.now() - began_ms).toBeLessThan(GIVEN_UP_MS);
    expect(slowest_ms).toBeLessThan(SILENCE_MS);
    slow.resume();
    await once(slow, 'close');
    expect(slow.bytesRead).toBeLessThan(FLOOD_BYTES * FLOOD_MESSAGES);
    await close();
    bus.close();
    await flooding.close();
    await connection.close();
  });
});
