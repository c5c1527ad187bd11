import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Open } from '#lumbung/cli';
import { type EventStore, StoreUnavailable } from '#lumbung/event-store';
import { openLmdbEventStore } from '#lumbung/event-store/lmdb';
import { partWhenStopping, refuseForeign, servePage } from '#lumbung/gateway';
import { openVault } from '#lumbung/identity';
import type { ReadStore } from '#lumbung/read-store';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';
import { Engine, foundDeployment } from '#lumbung/runtime';
import { nestLogger, structuredLog } from '#lumbung/telemetry';
import { InProcessBus } from '#lumbung/transport';
import { AppModule, services } from './app.module.js';

const PAGE = fileURLToPath(new URL('../../../dashboard', import.meta.url));

const openReadStores = async (folder: string) => {
  const stores = new Map<string, ReadStore>();
  for (const { name } of services) {
    stores.set(name, await openLmdbReadStore({ path: join(folder, 'read', name) }));
  }
  return {
    of: (service: string) => stores.get(service) as ReadStore,
    close: () => Promise.all([...stores.values()].map((store) => store.close())),
  };
};

/** A log that cannot be written accepts nothing more, so whoever runs the process must know. */
const watched = (store: EventStore, fail: (error: unknown) => void): EventStore => ({
  ...store,
  append: async (...append) => {
    try {
      return await store.append(...append);
    } catch (error) {
      if (error instanceof StoreUnavailable) fail(error);
      throw error;
    }
  },
});

/** Everything in one process, on stores that live in the data folder. */
export const openEmbedded: Open = async (opening) => {
  const { folder, platform, token, isProduction } = opening;
  await platform.files.makeFolder(folder);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  const log = await openLmdbEventStore({ path: join(folder, 'log'), ...platform });
  const store = watched(log, fail);
  const masterKeyFile = join(folder, 'keys', 'master.key');
  const vault = await openVault({ folder: join(folder, 'vault'), masterKeyFile, platform });
  const deployment = await foundDeployment(store, vault, platform, opening);
  const readStores = await openReadStores(folder);
  const bus = new InProcessBus();
  const engine = new Engine({
    store,
    readStoreOf: readStores.of,
    sealing: vault,
    platform,
    deployment,
    services,
    dispatch: (pattern, call) => bus.send(pattern, call) as Promise<{ position: string }>,
    onFailure: fail,
  });
  const logger = structuredLog(opening.logLevel);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of({ engine, vault, bus, token, isProduction }),
    new FastifyAdapter({ loggerInstance: logger, genReqId: () => randomUUID() }),
    { logger: nestLogger(logger) },
  );
  app.connectMicroservice({ strategy: bus.server }, { inheritAppConfig: true });
  refuseForeign(app);
  partWhenStopping(app);
  servePage(app, { folder: PAGE, isProduction });
  await app.startAllMicroservices();
  await engine.start({ keepsTime: opening.keepsTime });
  return {
    bus,
    ...deployment,
    failed,
    ready: engine.projections.untilServingAll(),
    beginDays: async () => {
      await engine.scheduler.beginDays();
    },
    listen: async (port) => {
      await app.listen(port, '127.0.0.1');
      return (await app.getUrl()).replace('[::1]', '127.0.0.1');
    },
    close: async () => {
      // Whoever was let in is answered before the readers stop and the stores close behind him.
      await app.close();
      await engine.stop();
      await readStores.close();
      await store.close();
      await vault.close();
    },
  };
};
