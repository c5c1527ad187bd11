import type { NatsConnection } from '@nats-io/transport-node';
import type { Provider, Type } from '@nestjs/common';
import { FeedApi } from '#lumbung/contracts';
import type { RegencyCode } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { type Engine, FeedHandler, following, nodePlatform, Telling } from '#lumbung/runtime';
import { structuredLog, type Telemetry } from '#lumbung/telemetry';
import { clientFor } from '#lumbung/transport';
import { jetStreamLine, NatsBus } from '#lumbung/transport/nats';
import type { Closing } from '../closing.js';
import type { Settings } from '../settings.js';
import { feedOf } from '../telemetry.js';

export type Feeds = {
  providers: Provider[];
  controllers: Type[];
  start(): Promise<void>;
};

export type FeedOptions = {
  engine: Engine;
  connection: NatsConnection;
  settings: Settings;
  instance: string;
  readStore: ReadStore;
  telemetry: Telemetry | undefined;
  onFailure: (error: unknown) => void;
};

/** Tells the feed of this regency, and keeps those of the regencies that it follows. */
export const openFeeds = (options: FeedOptions, closing: Closing): Feeds => {
  const { engine, connection, settings, instance, readStore, telemetry, onFailure } = options;
  const regency = settings.LUMBUNG_REGENCY;
  const telling = new Telling({
    ...{ engine, readStore, onFailure },
    line: jetStreamLine({ connection, regency }),
  });
  feedOf(telemetry, telling);
  const log = structuredLog(settings.LUMBUNG_LOG, telemetry);
  const wanted = new Set(settings.LUMBUNG_FOLLOWS?.split(',') ?? []);
  // Its own it has in its log.
  wanted.delete(regency);
  const followed = [...wanted];
  const consumers = followed.map((other) => {
    const bus = new NatsBus({ connection, regency: other, ...nodePlatform });
    closing.add(async () => bus.close());
    return following({
      ...{ engine, instance, readStore, onFailure, regency: other as RegencyCode },
      onTrouble: (code) =>
        log.warn({ regency: other, code }, code ? 'follows no feed now' : 'follows its feed again'),
      line: jetStreamLine({ connection, regency: other }),
      feed: clientFor(FeedApi, bus),
    });
  });
  const all = [telling, ...consumers];
  return {
    providers: [{ provide: Telling, useValue: telling }],
    controllers: [FeedHandler],
    async start() {
      for (const one of all) {
        closing.add(() => one.stop());
        await one.start();
      }
    },
  };
};
