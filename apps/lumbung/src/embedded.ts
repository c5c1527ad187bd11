import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Opened, Opening } from '#lumbung/cli';
import { watched } from '#lumbung/event-store';
import { openLogEventStore, type Threads } from '#lumbung/event-store/log';
import { createWeb } from '#lumbung/gateway';
import {
  allServices,
  type Closing,
  openProcessOperations,
  openProcessTelemetry,
  openWhole,
  readingOfEngine,
  type TelemetrySettings,
  watchedVault,
} from '#lumbung/hosting';
import { openVault } from '#lumbung/identity';
import { Engine, ensureClock, foundDeployment } from '#lumbung/runtime';
import { correlationIn, nestLogger, structuredLog } from '#lumbung/telemetry';
import { InProcessBus } from '#lumbung/transport';
import { appModule } from './app.module.js';
import { readStoresIn } from './read-stores.js';

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
  /** What it is to tell of itself; nothing when absent. */
  telemetry?: TelemetrySettings | undefined;
};

const SILENT: TelemetrySettings = { OTEL_TRACES_SAMPLER_ARG: 0 };

const composed = async (opening: EmbeddedOptions, closing: Closing): Promise<Opened> => {
  const { folder, platform, token, isProduction, telemetry: settings = SILENT } = opening;
  await platform.files.makeFolder(folder);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  const telemetry = await openProcessTelemetry('lumbung', settings, closing);
  const logger = structuredLog(opening.logLevel, telemetry);
  const log = await openLogEventStore({
    path: join(folder, 'log'),
    ...platform,
    threads: opening.threads,
    onTorn: (bytes, path) => logger.warn({ bytes, path }, 'cut off an append that never ended'),
  });
  closing.add(() => log.close());
  const store = telemetry ? telemetry.runners.store(watched(log, fail)) : watched(log, fail);
  const masterKeyFile = join(folder, 'keys', 'master.key');
  const vault = await openVault({ folder: join(folder, 'vault'), masterKeyFile, platform });
  closing.add(() => vault.close());
  const deployment = await foundDeployment(store, vault, platform, opening);
  if (opening.keepsTime) await ensureClock(store, platform, deployment);
  const readStoreOf = await readStoresIn(folder, closing);
  const bus = new InProcessBus(telemetry?.calls);
  const engine = new Engine({
    store,
    readStoreOf,
    sealing: watchedVault(vault, fail),
    platform,
    deployment,
    services: allServices,
    dispatch: (pattern, call) => bus.send(pattern, call) as Promise<{ position: string }>,
    onFailure: fail,
    observer: telemetry?.runners,
    workshop: { module: new URL('./workshop.js', import.meta.url), input: folder },
  });
  closing.add(() => engine.stop());
  readingOfEngine(telemetry, engine);
  const module = appModule({ engine, vault, bus, token, telemetry, isProduction });
  const web = await createWeb(module, bus.server, {
    loggers: { http: logger, nest: nestLogger(logger) },
    newRequestId: ({ headers }) => correlationIn(headers.traceparent) ?? randomUUID(),
    observer: telemetry?.requests,
    isProduction,
  });
  // Whoever was let in is answered before the readers stop and the stores close behind him.
  closing.add(web.close);
  await web.open();
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
      const operations = await openProcessOperations(settings, telemetry, closing);
      if (operations) logger.info({ address: operations.address }, 'shows its figures');
      return web.listen(port);
    },
    close: () => closing.close(),
  };
};

/** Everything in one process, on stores that live in the data folder. */
export const openEmbedded = (opening: EmbeddedOptions): Promise<Opened> =>
  openWhole((closing) => composed(opening, closing));
