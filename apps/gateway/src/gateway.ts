import { randomUUID } from 'node:crypto';
import type { Opened, Opening } from '#lumbung/cli';
import { parkingOf } from '#lumbung/contracts';
import { createWeb } from '#lumbung/gateway';
import {
  type Closing,
  openCalls,
  openProcessOperations,
  openProcessTelemetry,
  openWhole,
  PROCESSES,
  settingsFrom,
} from '#lumbung/hosting';
import { Unavailable } from '#lumbung/kernel';
import { nodePlatform, type Readers } from '#lumbung/runtime';
import { correlationIn, nestLogger, structuredLog } from '#lumbung/telemetry';
import { connectNats, NatsServer } from '#lumbung/transport/nats';
import { appModule } from './app.module.js';

const LOOK_MS = 250;
const LONGEST_START_MS = 60_000;

/** Asks again while a service is not there yet. */
const whenThere = async <T>(ask: () => Promise<T>): Promise<T> => {
  const { clock, timers } = nodePlatform;
  const until_ms = clock.elapsed_ms() + LONGEST_START_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unavailable) || clock.elapsed_ms() > until_ms) throw error;
      await timers.sleep(LOOK_MS);
    }
  }
};

const untilAllServe = async (readers: readonly Readers[], signal: AbortSignal): Promise<void> => {
  for (const one of readers) {
    while (!signal.aborted) {
      const { building, parked } = await whenThere(() => one.progress());
      if (building.every((name) => parked[name])) break;
      await nodePlatform.timers.sleep(LOOK_MS, signal);
    }
  }
};

const composed = async (opening: Opening, closing: Closing): Promise<Opened> => {
  const { token, isProduction } = opening;
  const settings = settingsFrom(process.env);
  const telemetry = await openProcessTelemetry('gateway', settings, closing);
  const logger = structuredLog(opening.logLevel, telemetry);
  const operations = await openProcessOperations(settings, telemetry, closing);
  if (operations) logger.info({ address: operations.address }, 'shows its figures');
  const connection = await connectNats({ url: settings.NATS_URL, name: 'gateway' });
  closing.add(() => connection.close());
  const observer = telemetry?.calls;
  const given = { connection, regency: settings.LUMBUNG_REGENCY, observer, ...nodePlatform };
  const calls = openCalls(given);
  closing.add(async () => calls.close());
  const { bus } = calls;
  const readers = PROCESSES.map((name) => calls.readersOf(name));
  const [first] = readers as [Readers];
  const deployment = await whenThere(() => first.about());
  const server = new NatsServer({ ...given, service: 'gateway' });
  const parkings = () => PROCESSES.flatMap((name) => calls.eachOf(name, parkingOf(name)));
  const module = appModule({
    ...{ bus, readers, parkings, token, telemetry, isProduction },
    regency: settings.LUMBUNG_REGENCY,
  });
  const web = await createWeb(module, server, {
    loggers: { http: logger, nest: nestLogger(logger) },
    host: settings.LUMBUNG_HOST,
    newRequestId: ({ headers }) => correlationIn(headers.traceparent) ?? randomUUID(),
    observer: telemetry?.requests,
    isProduction,
  });
  closing.add(web.close);
  await web.open();
  const stopping = new AbortController();
  closing.add(async () => stopping.abort());
  return {
    ...{ bus, ...deployment },
    // A service that is not there is waited for; it is no reason to end.
    failed: new Promise(() => undefined),
    ready: untilAllServe(readers, stopping.signal),
    beginDays: async () => undefined,
    listen: web.listen,
    close: () => closing.close(),
  };
};

/** GraphQL and the page before services that run in processes of their own. */
export const openGateway = (opening: Opening): Promise<Opened> =>
  openWhole((closing) => composed(opening, closing));
