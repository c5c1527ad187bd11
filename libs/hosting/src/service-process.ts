import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { NestFactory } from '@nestjs/core';
import { type EventStore, watched } from '#lumbung/event-store';
import { openEventStoreDb } from '#lumbung/event-store/eventstoredb';
import { openHashing, openVault, type Vault } from '#lumbung/identity';
import type { ReadStore } from '#lumbung/read-store';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';
import { openMongoReadStore } from '#lumbung/read-store/mongodb';
import {
  awaitDeployment,
  Engine,
  ensureClock,
  foundDeployment,
  nodePlatform,
  parkingHandlerOf,
  readingHandlerOf,
  type Sealing,
  type Service,
} from '#lumbung/runtime';
import { nestLogger, structuredLog, type Telemetry } from '#lumbung/telemetry';
import { type Closing, openWhole } from './closing.js';
import { type Feeds, openFeeds } from './feed/feed.js';
import { type Door, openDoor } from './instances/door.js';
import { ownStreams } from './own-streams.js';
import { ProcessModule, partsOf } from './process.module.js';
import { openReadStores } from './read-stores.js';
import { allServices } from './services.js';
import type { Settings } from './settings.js';
import {
  openProcessOperations,
  openProcessTelemetry,
  readingOfEngine,
  ServiceHealth,
} from './telemetry.js';
import { watchedVault } from './watched-vault.js';

export type ProcessOptions = {
  /** What others know it by: `ledger`. */
  name: string;
  services: readonly Service[];
  /** The one that begins the days, and holds the keys of persons. */
  holdsVault?: boolean;
  /** The one that tells the feed, and keeps those of other regencies. */
  tellsFeed?: boolean;
  settings: Settings;
};

export type ServiceProcess = {
  /** Where its figures and its health are shown, if anybody asked for that. */
  operations: string | undefined;
  /** Resolves with the reason when a part has failed for good. */
  failed: Promise<unknown>;
  /** Answers what was taken, then lets everything go. */
  close(): Promise<void>;
};

const platform = nodePlatform;

// On stores of their own each instance writes for itself; this one is there alone or first.
const FIRST = '1';

/** What an instance is called among those of its process. */
const instanceOf = ({ LUMBUNG_INSTANCE, MONGODB_URL }: Settings): string =>
  LUMBUNG_INSTANCE ??
  (MONGODB_URL === undefined ? FIRST : Buffer.from(platform.random.bytes(6)).toString('hex'));

const openReadStore = (
  { MONGODB_URL: url, LUMBUNG_DATA }: Settings,
  service: string,
  instance: string,
): Promise<ReadStore> => {
  if (url !== undefined) return openMongoReadStore({ url, database: `lumbung-${service}` });
  const folder = instance === FIRST ? service : `${service}-${instance}`;
  return openLmdbReadStore({ path: join(LUMBUNG_DATA, 'read', folder) });
};

/**
 * Whether an instance does what only one may. A command that was refused once may be taken a
 * moment later, so two must not send the same: in a shared store they take turns by a lease.
 */
const isSender = ({ MONGODB_URL }: Settings, instance: string): boolean =>
  MONGODB_URL !== undefined || instance === FIRST;

const servicesOf = (
  { services, settings }: ProcessOptions,
  instance: string,
): readonly Service[] =>
  isSender(settings, instance)
    ? services
    : services.map((service) => ({ ...service, workflows: [] }));

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

const categoriesOf = ({ services, holdsVault, tellsFeed }: ProcessOptions): string[] => [
  ...services.flatMap(({ writes }) => writes),
  ...(holdsVault ? ['calendar', 'deployment'] : []),
  ...(tellsFeed ? ['feed', 'line', 'origin'] : []),
  // Whoever reads may come upon what it cannot take.
  'parking',
];

const openStore = async (options: ProcessOptions, closing: Closing) => {
  const { EVENTSTORE_URL: url } = options.settings;
  const store = await openEventStoreDb({ url, ...platform });
  closing.add(() => store.close());
  return ownStreams(store, categoriesOf(options));
};

const serve = async (
  engine: Engine,
  { name, services, settings }: ProcessOptions,
  parts: Door & {
    vault: Vault | undefined;
    telemetry: Telemetry | undefined;
    feeds: Feeds | undefined;
  },
  closing: Closing,
) => {
  const { bus, server, announce, vault, telemetry, feeds } = parts;
  const app = await NestFactory.createMicroservice(
    ProcessModule.of({
      ...{ bus, regency: settings.LUMBUNG_REGENCY },
      provides: [...partsOf({ engine, vault }), ...(feeds?.providers ?? [])],
      modules: services.map(({ module }) => module),
      controllers: [readingHandlerOf(name), parkingHandlerOf(name), ...(feeds?.controllers ?? [])],
    }),
    { strategy: server, logger: nestLogger(structuredLog(settings.LUMBUNG_LOG, telemetry)) },
  );
  // Whoever was let in is answered before the readers stop and the stores close behind him.
  closing.add(() => app.close());
  await app.listen();
  announce();
};

/** Whoever holds the vault founds an empty log; others wait until it has. */
const untilFounded = async (
  { name, settings }: ProcessOptions,
  store: EventStore,
  wanted: { regency: string },
) => {
  const log = structuredLog(settings.LUMBUNG_LOG);
  await awaitDeployment(store, platform, wanted, () =>
    log.warn({ process: name }, 'nobody has founded this log yet; waiting for membership'),
  );
};

const composed = async (options: ProcessOptions, closing: Closing): Promise<ServiceProcess> => {
  const { services, settings, holdsVault = false, tellsFeed = false } = options;
  await platform.files.makeFolder(settings.LUMBUNG_DATA);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  const instance = instanceOf(settings);
  const telemetry = await openProcessTelemetry(options.name, settings, closing);
  const health = new ServiceHealth();
  const { check } = health;
  const operations = await openProcessOperations(settings, telemetry, closing, check);
  const door = await openDoor(options, instance, closing, telemetry?.calls);
  const opened = watched(await openStore(options, closing), fail);
  const store = telemetry ? telemetry.runners.store(opened) : opened;
  const wanted = { regency: settings.LUMBUNG_REGENCY };
  if (!holdsVault) await untilFounded(options, store, wanted);
  const { sealing, vault } = await openKeys(options, fail, closing);
  const deployment = await foundDeployment(store, sealing, platform, wanted);
  if (holdsVault) await ensureClock(store, platform, deployment);
  const readStoreOf = await openReadStores(
    services,
    (one) => openReadStore(settings, one, instance),
    closing,
  );
  const engine = new Engine({
    ...{ store, sealing, platform, deployment, onFailure: fail, readStoreOf },
    services: servicesOf(options, instance),
    ...(settings.MONGODB_URL !== undefined && { holder: instance }),
    observer: telemetry?.runners,
    publishers: allServices,
    dispatch: (pattern, call) => door.bus.send(pattern, call) as Promise<{ position: string }>,
  });
  closing.add(() => engine.stop());
  readingOfEngine(telemetry, engine);
  const connection = door.server.unwrap<NatsConnection>();
  const readStore = readStoreOf(options.name);
  const feedParts = { engine, connection, settings, instance, telemetry, readStore };
  const tells = tellsFeed && isSender(settings, instance);
  const feeds = tells ? openFeeds({ ...feedParts, onFailure: fail }, closing) : undefined;
  await serve(engine, options, { ...door, vault, telemetry, feeds }, closing);
  await engine.start({ keepsTime: holdsVault });
  await feeds?.start();
  health.started({ engine, connection });
  return { operations: operations?.address, failed, close: () => closing.close() };
};

/** Opens some services on NATS, EventStoreDB, and MongoDB or a store of their own. */
export const openServiceProcess = (options: ProcessOptions): Promise<ServiceProcess> =>
  openWhole((closing) => composed(options, closing));
