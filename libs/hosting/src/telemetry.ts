import type { NatsConnection } from '@nats-io/transport-node';
import { platformRejections, readingOf } from '#lumbung/contracts';
import { type Engine, nodePlatform, type Telling } from '#lumbung/runtime';
import {
  type NotReady,
  type Operations,
  openOperations,
  openTelemetry,
  readingFiguresOf,
  type Telemetry,
} from '#lumbung/telemetry';
import type { Closing } from './closing.js';
import { allFaces } from './process.module.js';
import { allServices, PROCESSES } from './services.js';
import type { TelemetrySettings } from './settings.js';

const ANSWER_MS = 1_000;

const faces = [...allFaces, ...PROCESSES.map(readingOf)].map(({ face }) => face.name);

const owners = Object.fromEntries(
  allServices.flatMap(({ name, writes }) => writes.map((category) => [category, name])),
);

/** What a process tells of itself, as its settings ask for it; nothing where they do not. */
export const openProcessTelemetry = async (
  service: string,
  settings: TelemetrySettings,
  closing: Closing,
): Promise<Telemetry | undefined> => {
  const { clock } = nodePlatform;
  const telemetry = await openTelemetry({ settings, service, faces, owners, clock });
  if (telemetry) closing.add(() => telemetry.close());
  return telemetry;
};

/** Lets whoever watches the process see its figures, and its health where `health` tells of it. */
export const openProcessOperations = async (
  settings: TelemetrySettings,
  telemetry: Telemetry | undefined,
  closing: Closing,
  health?: () => Promise<NotReady | undefined>,
): Promise<Operations | undefined> => {
  const operations = await openOperations(settings, telemetry, health);
  if (operations) closing.add(() => operations.close());
  return operations;
};

/** Tells how far the readers of an engine have come, and what they could not take. */
export const readingOfEngine = (telemetry: Telemetry | undefined, engine: Engine): void => {
  telemetry?.figures?.reads(() => readingFiguresOf(engine));
  telemetry?.figures?.parkings(() => engine.parkings.counts);
};

/** Tells how far the feed is told, and carried. */
export const feedOf = (telemetry: Telemetry | undefined, telling: Telling): void =>
  telemetry?.figures?.feeds(() => {
    const { told, published } = telling.status;
    return { published, lag: told - published };
  });

const notReady = (
  code: 'NOT_CAUGHT_UP' | 'SERVICE_UNAVAILABLE' | 'STORE_UNAVAILABLE',
  more: object = {},
): NotReady => ({ code, reason: platformRejections[code], ...more });

const isConnected = async (connection: NatsConnection): Promise<boolean> => {
  const ended = new AbortController();
  const late = nodePlatform.timers.sleep(ANSWER_MS, ended.signal).then(() => false);
  const answered = connection.rtt().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    ended.abort();
  }
};

/** Why a service cannot be of use now: it is starting, behind the log, or cut off. */
export class ServiceHealth {
  private parts: { engine: Engine; connection: NatsConnection } | undefined;

  started(parts: { engine: Engine; connection: NatsConnection }): void {
    this.parts = parts;
  }

  readonly check = async (): Promise<NotReady | undefined> => {
    if (!this.parts) return notReady('NOT_CAUGHT_UP');
    const { engine, connection } = this.parts;
    if (!(await isConnected(connection))) return notReady('SERVICE_UNAVAILABLE');
    try {
      const { caughtUp, head, building, parked } = await engine.progress.progress();
      return caughtUp ? undefined : notReady('NOT_CAUGHT_UP', { head, building, parked });
    } catch {
      return notReady('STORE_UNAVAILABLE');
    }
  };
}
