import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { NestFactory } from '@nestjs/core';
import { watched } from '#lumbung/event-store';
import { openEventStoreDb } from '#lumbung/event-store/eventstoredb';
import { openHashing, openVault, type Vault } from '#lumbung/identity';
import type { ReadStore } from '#lumbung/read-store';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';
import { openMongoReadStore } from '#lumbung/read-store/mongodb';
import {
  Engine,
  ensureClock,
  foundDeployment,
  nodePlatform,
  readingHandlerOf,
  type Sealing,
  type Service,
} from '#lumbung/runtime';
import { nestLogger, structuredLog } from '#lumbung/telemetry';
import type { Bus } from '#lumbung/transport';
import { connectNats, NatsBus, NatsServer } from '#lumbung/transport/nats';
import { type Closing, openWhole } from './closing.js';
import { ownStreams } from './own-streams.js';
import { ProcessModule, partsOf } from './process.module.js';
import { openReadStores } from './read-stores.js';
import { allServices } from './services.js';
import type { Settings } from './settings.js';
import { watchedVault } from './watched-vault.js';

export type ProcessOptions = {
  /** What others know it by: `ledger`. */
  name: string;
  services: readonly Service[];
  /** The one that begins the days, and holds the keys of persons. */
  holdsVault?: boolean;
  settings: Settings;
};

export type ServiceProcess = {
  /** Resolves with the reason when a part has failed for good. */
  failed: Promise<unknown>;
  /** Answers what was taken, then lets everything go. */
  close(): Promise<void>;
};

const platform = nodePlatform;

const openReadStore = (
  { MONGODB_URL: url, LUMBUNG_DATA }: Settings,
  service: string,
): Promise<ReadStore> =>
  url === undefined
    ? openLmdbReadStore({ path: join(LUMBUNG_DATA, 'read', service) })
    : openMongoReadStore({ url, database: `lumbung-${service}` });

type Keys = { sealing: Sealing; vault: Vault | undefined };

/** Keys of persons lie in one place; the key that commands are hashed with, wherever they run. */
const openKeys = async (
  options: ProcessOptions,
  fail: (error: unknown) => void,
  closing: Closing,
): Promise<Keys> => {
  const folder = options.settings.LUMBUNG_DATA;
  const masterKeyFile = join(folder, 'keys', 'master.key');
  if (!options.holdsVault) {
    const hashing = await openHashing({ masterKeyFile, platform });
    return { sealing: hashing, vault: undefined };
  }
  const vault = await openVault({ folder: join(folder, 'vault'), masterKeyFile, platform });
  closing.add(() => vault.close());
  return { sealing: watchedVault(vault, fail), vault };
};

const openStore = async ({ settings, services, holdsVault }: ProcessOptions, closing: Closing) => {
  const store = await openEventStoreDb({ url: settings.EVENTSTORE_URL, ...platform });
  closing.add(() => store.close());
  const categories = services.flatMap(({ writes }) => [...writes]);
  return ownStreams(store, holdsVault ? [...categories, 'calendar', 'deployment'] : categories);
};

const openBus = (connection: NatsConnection, { name, settings }: ProcessOptions) => {
  const given = { connection, regency: settings.LUMBUNG_REGENCY, ...platform };
  return { bus: new NatsBus(given), server: new NatsServer({ ...given, service: name }) };
};

const serve = async (
  engine: Engine,
  { name, services }: ProcessOptions,
  parts: { bus: Bus; server: NatsServer; vault: Vault | undefined; settings: Settings },
  closing: Closing,
) => {
  const { bus, server, vault, settings } = parts;
  const app = await NestFactory.createMicroservice(
    ProcessModule.of({
      ...{ bus, provides: partsOf({ engine, vault }) },
      modules: services.map(({ module }) => module),
      controllers: [readingHandlerOf(name)],
    }),
    { strategy: server, logger: nestLogger(structuredLog(settings.LUMBUNG_LOG)) },
  );
  // Whoever was let in is answered before the readers stop and the stores close behind him.
  closing.add(() => app.close());
  await app.listen();
};

const composed = async (options: ProcessOptions, closing: Closing): Promise<ServiceProcess> => {
  const { name, services, settings, holdsVault = false } = options;
  await platform.files.makeFolder(settings.LUMBUNG_DATA);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  const connection = await connectNats({ url: settings.NATS_URL, name });
  closing.add(() => connection.close());
  const { bus, server } = openBus(connection, options);
  closing.add(async () => bus.close());
  const store = watched(await openStore(options, closing), fail);
  const { sealing, vault } = await openKeys(options, fail, closing);
  const wanted = { regency: settings.LUMBUNG_REGENCY };
  const deployment = await foundDeployment(store, sealing, platform, wanted);
  if (holdsVault) await ensureClock(store, platform, deployment);
  const engine = new Engine({
    ...{ store, sealing, platform, deployment, services, onFailure: fail },
    publishers: allServices,
    readStoreOf: await openReadStores(services, (one) => openReadStore(settings, one), closing),
    dispatch: (pattern, call) => bus.send(pattern, call) as Promise<{ position: string }>,
  });
  closing.add(() => engine.stop());
  await serve(engine, options, { bus, server, vault, settings }, closing);
  await engine.start({ keepsTime: holdsVault });
  return { failed, close: () => closing.close() };
};

/** Opens some services on NATS, EventStoreDB, and MongoDB or a store of their own. */
export const openServiceProcess = (options: ProcessOptions): Promise<ServiceProcess> =>
  openWhole((closing) => composed(options, closing));
