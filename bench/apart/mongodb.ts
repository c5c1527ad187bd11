// Projections of a log of deposits, over the MongoDB adapter and over LMDB: built from the start,
// then kept up with while they serve. Without MONGODB_URL against the double of the tests, in a
// process of its own, which says something of our side of the wire and nothing of MongoDB.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimpananApi } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { openLogEventStore } from '#lumbung/event-store/log';
import { memoryEventStore } from '#lumbung/event-store/memory';
import { allServices } from '#lumbung/hosting';
import { openHashing } from '#lumbung/identity';
import { type Recorded, retold } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';
import { openMongoReadStore } from '#lumbung/read-store/mongodb';
import { Engine, nodePlatform } from '#lumbung/runtime';
import { clientFor } from '#lumbung/transport';
import {
  concurrently,
  depositOf,
  type Enrolled,
  openRegency,
  populate,
  REGENCY,
} from '../regency.js';
import { report, seconds } from '../report.js';

const COOPERATIVES = 64;
const DEPOSITS = 20_000;
const WRITERS = 64;
const DOUBLE = 'libs/read-store/src/mongodb/testing/double-process.ts';
const RUN = ['--conditions', 'source', '--import', './test/typescript.js'];

const platform = nodePlatform;
const folder = await mkdtemp(join(tmpdir(), 'lumbung-mongodb-'));

/** A log of deposits, made by the whole platform. */
const made = async (): Promise<string> => {
  const data = join(folder, 'data');
  const { bus, close } = await openRegency(data);
  const enrolled = await populate(bus, COOPERATIVES, 4);
  const simpanan = clientFor(SimpananApi, bus);
  const turns = Array.from({ length: DEPOSITS }, (_, at) => enrolled[at % enrolled.length]);
  await concurrently(turns, WRITERS, (who) => simpanan.deposit(depositOf(who as Enrolled)));
  await close();
  return join(data, 'log');
};

const eventsIn = async (path: string): Promise<Recorded[]> => {
  const log = await openLogEventStore({ path, ...platform });
  const events: Recorded[] = [];
  for await (const batch of log.readAll()) {
    events.push(...batch.map((event) => retold(event, event)));
  }
  await log.close();
  return events;
};

const write = async (store: EventStore, events: readonly Recorded[]): Promise<void> => {
  for (const event of events) await store.append(event.stream, [event], 'any');
};

type Rates = { built: number; kept: number };
type Open = (service: string) => Promise<ReadStore>;

/** Events per second: of the first half, built anew, and of the second, while the first serves. */
const measure = async (events: readonly Recorded[], open: Open): Promise<Rates> => {
  const half = Math.floor(events.length / 2);
  const store = memoryEventStore({ ...platform });
  await write(store, events.slice(0, half));
  const stores = new Map<string, ReadStore>();
  for (const { name } of allServices) stores.set(name, await open(name));
  const masterKeyFile = join(folder, 'data', 'keys', 'master.key');
  const engine = new Engine({
    ...{ store, platform, sealing: await openHashing({ masterKeyFile, platform }) },
    deployment: { regency: REGENCY, zone: 'Asia/Jakarta', simulated: false },
    services: allServices.map((service) => ({ ...service, workflows: [] })),
    readStoreOf: (service) => stores.get(service) as ReadStore,
    dispatch: () => Promise.reject(new TypeError('nobody is sent anything here')),
    onFailure: (error) => {
      throw error;
    },
  });
  const built_s = await seconds(async () => {
    await engine.start({ keepsTime: false });
    await engine.projections.untilServingAll();
  });
  const kept_s = await seconds(async () => {
    await write(store, events.slice(half));
    await engine.projections.arrivals.until((await store.head()) as bigint);
  });
  await engine.stop();
  for (const one of stores.values()) await one.close();
  return { built: half / built_s, kept: (events.length - half) / kept_s };
};

const started = async (): Promise<{ url: string; child?: ChildProcess }> => {
  const { MONGODB_URL: url } = process.env;
  if (url) return { url };
  const child = fork(DOUBLE, { execArgv: RUN });
  const [told] = (await once(child, 'message')) as [string];
  return { url: told, child };
};

const events = await eventsIn(await made());
const { url, child } = await started();
const database = `bench-${randomUUID().slice(0, 8)}`;
const lmdb = await measure(events, (service) =>
  openLmdbReadStore({ path: join(folder, 'read', service) }),
);
const mongodb = await measure(events, (service) =>
  openMongoReadStore({ url, database: `${database}-${service}` }),
);
child?.disconnect();
await rm(folder, { recursive: true });

const over = child ? 'MongoDB’s double' : 'MongoDB';
const peer = 'LMDB';
report('apart-mongodb', [
  {
    ...{ name: `projections built over ${over}`, value: mongodb.built, unit: 'events/s' },
    ...{ peer, peerValue: lmdb.built },
  },
  {
    ...{ name: `projections kept up with over ${over}`, value: mongodb.kept, unit: 'events/s' },
    ...{ peer, peerValue: lmdb.kept },
  },
]);
