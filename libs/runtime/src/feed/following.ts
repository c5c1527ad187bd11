import type { FeedApi } from '#lumbung/contracts';
import type { Caller, FeedEntry, RegencyCode, UserName } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import type { FeedLine } from '#lumbung/transport';
import type { Engine } from '../engine.js';
import { Parking } from '../parking/parking.js';
import { FeedConsumer } from './consumer.js';
import { keyOfEntry, originKeeper } from './origin.js';

export type FollowingOptions = {
  engine: Engine;
  /** The regency whose feed is kept. */
  regency: RegencyCode;
  /** Which of several of this regency's it is. */
  instance: string;
  line: FeedLine;
  /** The regency itself, for what the line has lost. */
  feed: FeedApi;
  readStore: ReadStore;
  onTrouble?: (code: string | undefined) => void;
  onFailure: (error: unknown) => void;
};

/** Keeps the feed of another regency in `origin-{regency}`, as whoever looks across regencies. */
export const following = (options: FollowingOptions): FeedConsumer => {
  const { engine, regency, instance, line, feed, readStore, onTrouble, onFailure } = options;
  const { store, commands, platform, told, stopped } = engine;
  const name = `follow-${engine.commands.deployment.regency.replace('.', '')}`;
  const caller: Caller = { user: `feed:${name}` as UserName, role: 'feed', correlationId: name };
  const parking = new Parking<FeedEntry>({
    ...{ store, commands, platform, stopped, reader: `feed-${regency}` },
    eventOf: ({ event }) => event,
    take: originKeeper(
      commands,
      told.mappings.map(({ to }) => to),
      platform.clock,
    ),
  });
  engine.parkings.add(parking);
  return new FeedConsumer({
    ...{ name, listener: `${name}-${instance}`, regency, line, readStore, parking, platform },
    ...{ onTrouble, onFailure },
    read: (after, limit) => feed.read({ query: { after, limit }, caller }),
    keyOf: keyOfEntry,
  });
};
