import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Opened, Opening } from '#lumbung/cli';
import { watched } from '#lumbung/event-store';
import { openLogEventStore, type Threads } from '#lumbung/event-store/log';
import { partWhenStopping, refuseForeign, servePage } from '#lumbung/gateway';
import { allServices, Closing } from '#lumbung/hosting';
import { openVault, type Vault } from '#lumbung/identity';
import { Unavailable } from '#lumbung/kernel';
import { Engine, ensureClock, foundDeployment } from '#lumbung/runtime';
import { nestLogger, structuredLog } from '#lumbung/telemetry';
import { InProcessBus } from '#lumbung/transport';
import { AppModule } from './app.module.js';
import { openReadStores } from './read-stores.js';

const PAGE = fileURLToPath(new URL('../../../dashboard', import.meta.url));

/** A vault that cannot be written admits nobody, so whoever runs the process must know too. */
const watchedVault = (vault: Vault, fail: (error: unknown) => void) => ({
  hash: (text: string) => vault.hash(text),
  seal: (...fields: Parameters<Vault['seal']>) => vault.seal(...fields),
  personOf: async (identity: string) => {
    try {
      return await vault.personOf(identity);
    } catch (error) {
      if (error instanceof Unavailable) fail(error.cause ?? error);
      throw error;
    }
  },
});

/** A part that has failed never comes to what is awaited of it. */
const unless = (failed: Promise<unknown>, awaited: Promise<void>): Promise<void> => {
  const first = Promise.race([
    awaited,
    failed.then((error) => {
      throw error;
    }),
  ]);
  // Not everybody waits for it.
  first.catch(() => undefined);
  return first;
};

export type EmbeddedOptions = Opening & {
  /** For long replays and builds; without them both run in this one. */
  threads?: Threads;
};

const composed = async (opening: EmbeddedOptions, closing: Closing): Promise<Opened> => {
  const { folder, platform, token, isProduction } = opening;
  await platform.files.makeFolder(folder);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  const logger = structuredLog(opening.logLevel);
  const log = await openLogEventStore({
    path: join(folder, 'log'),
    ...platform,
    threads: opening.threads,
    onTorn: (bytes, path) => logger.warn({ bytes, path }, 'cut off an append that never ended'),
  });
  closing.add(() => log.close());
  const store = watched(log, fail);
  const masterKeyFile = join(folder, 'keys', 'master.key');
  const vault = await openVault({ folder: join(folder, 'vault'), masterKeyFile, platform });
  closing.add(() => vault.close());
  const deployment = await foundDeployment(store, vault, platform, opening);
  if (opening.keepsTime) await ensureClock(store, platform, deployment);
  const readStoreOf = await openReadStores(folder, closing);
  const bus = new InProcessBus();
  const engine = new Engine({
    store,
    readStoreOf,
    sealing: watchedVault(vault, fail),
    platform,
    deployment,
    services: allServices,
    dispatch: (pattern, call) => bus.send(pattern, call) as Promise<{ position: string }>,
    onFailure: fail,
    workshop: { module: new URL('./workshop.js', import.meta.url), input: folder },
  });
  closing.add(() => engine.stop());
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of({ engine, vault, bus, token, isProduction }),
    new FastifyAdapter({ loggerInstance: logger, genReqId: () => randomUUID() }),
    { logger: nestLogger(logger) },
  );
  // Whoever was let in is answered before the readers stop and the stores close behind him.
  closing.add(() => app.close());
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
    ready: unless(failed, engine.projections.untilServingAll()),
    beginDays: async () => {
      await engine.scheduler.beginDays();
    },
    listen: async (port) => {
      await app.listen(port, '127.0.0.1');
      return (await app.getUrl()).replace('[::1]', '127.0.0.1');
    },
    close: () => closing.close(),
  };
};

/** Everything in one process, on stores that live in the data folder. */
export const openEmbedded = async (opening: EmbeddedOptions): Promise<Opened> => {
  const closing = new Closing();
  try {
    return await composed(opening, closing);
  } catch (error) {
    // Why it could not open is worth more than what could not be closed then.
    await closing.close().catch(() => undefined);
    throw error;
  }
};
