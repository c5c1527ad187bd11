// A log told as a feed, put on JetStream and kept by another regency; beside it the same bytes
// published and fetched with the client of NATS alone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { EventStore } from '#lumbung/event-store';
import { openLogEventStore } from '#lumbung/event-store/log';
import { allServices } from '#lumbung/hosting';
import { openHashing } from '#lumbung/identity';
import {
  type CommandId,
  type FeedEntry,
  instant,
  type PlainDate,
  type RegencyCode,
  uuidOf,
} from '#lumbung/kernel';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { Engine, following, foundDeployment, nodePlatform, Telling } from '#lumbung/runtime';
import { connectNats, jetStreamLine, startBroker } from '#lumbung/transport/nats';
import { report, seconds } from '../report.js';

const KEDIRI = '35.06' as RegencyCode;
const BLITAR = '35.05' as RegencyCode;
const EVENTS = 40_000;
const IN_BATCH = 500;
const IN_FLIGHT = 256;
const GROUP = 500;
const LOOK_MS = 2;

const platform = nodePlatform;
const RECORDED = instant('2026-03-02T02:00:00.000Z');
const COOPERATIVES = 344;

const cooperativeOf = (number: number) => `35.06.17.${2_001 + (number % COOPERATIVES)}`;

const fail = (error: unknown) => {
  console.error(error);
  process.exit(1);
};

/** As a village is entered, with a number for its name. */
const entered = (number: number) => ({
  ...{ type: 'membership.CooperativeEntered', version: 1, id: uuidOf('bench', number) },
  data: {
    ...{ cooperative: cooperativeOf(number), name: `Koperasi Desa Merah Putih ${number}` },
    ...{ village: 'Pare', district: 'Pare', regency: 'Kabupaten Kediri', province: 'Jawa Timur' },
  },
  metadata: {
    ...{ commandId: uuidOf('bench', 'command', number) as CommandId, commandHash: 'bench' },
    ...{ issuedAt: RECORDED, recordedAt: RECORDED, businessDate: '2026-03-02' as PlainDate },
    ...{ correlationId: uuidOf('bench', 'thread', number), actor: 'bench', role: 'founder' },
    ...{ regency: KEDIRI, cooperative: cooperativeOf(number) },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'lumbung-feed-'));

/** A regency with a log of its own, and an engine over it. */
const regencyOf = async (regency: RegencyCode) => {
  const store = await openLogEventStore({ path: join(folder, regency), ...platform });
  const masterKeyFile = join(folder, 'keys', 'master.key');
  const sealing = await openHashing({ masterKeyFile, platform });
  const deployment = await foundDeployment(store, sealing, platform, { regency });
  const engine = new Engine({
    ...{ store, sealing, platform, deployment, onFailure: fail },
    ...{ services: [], publishers: allServices, readStoreOf: memoryReadStore },
    dispatch: () => Promise.reject(new TypeError('nobody is sent anything here')),
  });
  return { store, engine };
};

const fill = async (store: EventStore) => {
  const stream = `register-${cooperativeOf(0)}`;
  for (let from = 0; from < EVENTS; from += IN_BATCH) {
    const events = Array.from({ length: IN_BATCH }, (_, at) => entered(from + at));
    await store.append(stream, events, from === 0 ? 'none' : from - 1);
  }
};

const until = async (is: () => boolean) => {
  while (!is()) await platform.timers.sleep(LOOK_MS);
};

/** Seconds until all is told, and until all of that is on the line. */
const tell = async (engine: Engine, connection: NatsConnection) => {
  const telling = new Telling({
    ...{ engine, readStore: memoryReadStore(), onFailure: fail },
    line: jetStreamLine({ connection, regency: KEDIRI }),
  });
  const all = telling.start();
  const told_s = await seconds(() => until(() => telling.status.told === EVENTS));
  const published_s = await seconds(() => until(() => telling.status.published === EVENTS));
  await all;
  await telling.stop();
  return { told_s, published_s };
};

const entriesOf = async (store: EventStore): Promise<FeedEntry[]> => {
  const entries: FeedEntry[] = [];
  for await (const events of store.readStream(`feed-${KEDIRI}`)) {
    entries.push(...events.map(({ data }) => data as FeedEntry));
  }
  return entries;
};

/** Seconds to publish the same bytes, as many at once, and to fetch and acknowledge each. */
const plain = async (connection: NatsConnection, payloads: readonly string[]) => {
  const client = jetstream(connection);
  const { streams, consumers } = await jetstreamManager(connection);
  await streams.add({ name: 'PLAIN', subjects: ['plain'] });
  const published_s = await seconds(async () => {
    for (let from = 0; from < payloads.length; from += IN_FLIGHT) {
      const some = payloads.slice(from, from + IN_FLIGHT);
      await Promise.all(some.map((payload) => client.publish('plain', payload)));
    }
  });
  await consumers.add('PLAIN', { durable_name: 'plain', ack_policy: AckPolicy.Explicit });
  const consumer = await client.consumers.get('PLAIN', 'plain');
  const fetched_s = await seconds(async () => {
    for (let count = 0; count < payloads.length; ) {
      for await (const message of await consumer.fetch({ max_messages: GROUP, expires: 1_000 })) {
        JSON.parse(message.string());
        message.ack();
        count += 1;
      }
    }
    await connection.flush();
  });
  return { published_s, fetched_s };
};

const kept = async (connection: NatsConnection) => {
  const { engine, store } = await regencyOf(BLITAR);
  const consumer = following({
    ...{ engine, regency: KEDIRI, instance: '1', readStore: memoryReadStore(), onFailure: fail },
    line: jetStreamLine({ connection, regency: KEDIRI }),
    feed: { read: async () => [], status: () => Promise.reject(new TypeError('not here')) },
  });
  const kept_s = await seconds(async () => {
    await consumer.start();
    await until(() => consumer.place.sequence === EVENTS);
  });
  await consumer.stop();
  await store.close();
  return kept_s;
};

const broker = await startBroker({ folder: join(folder, 'nats'), timers: platform.timers });
const connection = await connectNats({ url: broker.url, name: 'bench' });
const kediri = await regencyOf(KEDIRI);
await fill(kediri.store);
const first = await tell(kediri.engine, connection);
await jetStreamLine({ connection, regency: KEDIRI }).end({
  ...{ generation: 1, name: 'FEED_3506_1', last: EVENTS },
});
const again = await tell(kediri.engine, connection);
const payloads = (await entriesOf(kediri.store)).map((entry) => JSON.stringify(entry));
const alone = await plain(connection, payloads);
const kept_s = await kept(connection);
await connection.close();
await broker.stop();
await kediri.store.close();
await rm(folder, { recursive: true });

const rate = (took_s: number) => EVENTS / took_s;

report('feed-relay', [
  { name: 'feed: events told, durably', value: rate(first.told_s), unit: 'events/s' },
  {
    ...{ name: 'feed: entries put on JetStream', value: rate(again.published_s) },
    ...{ unit: 'entries/s', peer: 'nats alone', peerValue: rate(alone.published_s) },
  },
  {
    ...{ name: 'feed: entries taken, checked and kept, durably', value: rate(kept_s) },
    ...{ unit: 'entries/s', peer: 'nats alone', peerValue: rate(alone.fetched_s) },
  },
]);
