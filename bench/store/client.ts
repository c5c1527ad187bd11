import {
  EventStoreDBClient,
  type JSONEventType,
  jsonEvent,
  NO_STREAM,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { NewEvent } from '#lumbung/event-store';
import { type Appending, appender } from './appends.js';
import { look, median } from './events.js';

export type Driven = { append: number; read: number; subscribe: number };

const WRITERS = 64;
const ROUND_MS = 1_500;
const ROUNDS = 3;
const EVENTS = 40_000;

const eventOf = ({ id, type, data, metadata }: NewEvent) =>
  jsonEvent({ id, type, data, metadata } as JSONEventType & { id: string });

const lookAt = ({ event }: ResolvedEvent): number =>
  event ? look([event as { data: unknown; metadata: unknown }]) : 0;

/** Events per second, until so many have come; `follow` hands over each until it is told so. */
const until = async (follow: (take: (event: ResolvedEvent) => boolean) => Promise<void>) => {
  const started = performance.now();
  let count = 0;
  await follow((event) => {
    count += lookAt(event);
    return count < EVENTS;
  });
  return (count / (performance.now() - started)) * 1000;
};

const readAll = (client: EventStoreDBClient) =>
  until(async (take) => {
    for await (const event of client.readAll({ maxCount: EVENTS })) take(event);
  });

const subscribed = (client: EventStoreDBClient) =>
  until(
    (take) =>
      new Promise((resolve, reject) => {
        const subscription = client.subscribeToAll();
        subscription.once('error', reject);
        subscription.on('data', (event: ResolvedEvent) => {
          if (take(event)) return;
          subscription.removeAllListeners('data');
          subscription.unsubscribe().then(resolve, reject);
        });
      }),
  );

const rounds = async (measure: () => Promise<number>): Promise<number> => {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round++) values.push(await measure());
  return median(values);
};

/** The official client against a server: 64 writers, then reading and following the whole log. */
export const drive = async ({ url }: { url: string }): Promise<Driven> => {
  const client = EventStoreDBClient.connectionString(url);
  const run = appender({
    async append(stream, events, expected) {
      const expectedRevision = expected < 0 ? NO_STREAM : BigInt(expected);
      await client.appendToStream(stream, events.map(eventOf), { expectedRevision });
    },
  });
  const load = { writers: WRITERS, batch: 1 };
  const appended = async (): Promise<number> => {
    const { perSecond: rate }: Appending = await run(load, ROUND_MS);
    return rate;
  };
  await appended();
  const append = await rounds(appended);
  const read = await rounds(() => readAll(client));
  const subscribe = await rounds(() => subscribed(client));
  await client.dispose();
  return { append, read, subscribe };
};
