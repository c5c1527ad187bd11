import type { EventStore } from '#lumbung/event-store';
import type { FeedEntry, RegencyCode } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import type { FeedLine } from '#lumbung/transport';
import { Commands } from '../commands/commands.js';
import { entryOf } from '../feed/feed.js';
import { Publisher } from '../feed/publisher.js';
import { Relay } from '../feed/relay.js';
import { emptyLog, tellingOf } from './coin-log.js';
import { CoinsPut, DEPLOYMENT, jarStream, testSealing } from './jar.js';
import { settled, virtualPlatform } from './platform.js';

export const REGENCY = '35.06' as RegencyCode;

type Runs = { start(): unknown; stop(): Promise<void> };

export const coinsOf = ({ event }: FeedEntry): number => (event.data as { coins: number }).coins;

/** A log of coins, what is kept beside it, and whoever tells it. */
export const telling = (store: EventStore = emptyLog()) => {
  const machine = virtualPlatform();
  const { platform } = machine;
  const readStore = memoryReadStore();
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => failures.push(error);
  const relayOver = (log: EventStore = store, its: ReadStore = readStore) =>
    new Relay({
      ...{ store: log, readStore: its, regency: REGENCY, mappings: [tellingOf(CoinsPut)] },
      ...{ streams: [jarStream], platform, onFailure },
    });
  const publisherTo = (line: FeedLine, log: EventStore = store) => {
    const commands = new Commands(log, testSealing, platform, DEPLOYMENT);
    return new Publisher({
      ...{ store: log, commands, line, regency: REGENCY, platform, onFailure },
    });
  };
  const entries = async (): Promise<FeedEntry[]> => {
    const all: FeedEntry[] = [];
    for await (const batch of store.readStream('feed-35.06')) all.push(...batch.map(entryOf));
    return all;
  };
  /** Lets everybody do what there is to do, over many seconds. */
  const pass = async (turns = 40) => {
    for (let turn = 0; turn < turns; turn++) {
      await settled();
      machine.advance(1_000);
    }
    await settled();
  };
  const run = async (...all: Runs[]) => {
    for (const one of all) await one.start();
    await pass();
    for (const one of all) await one.stop();
  };
  return {
    ...{ store, machine, readStore, failures, relayOver, publisherTo, entries, pass, run },
    coins: async () => (await entries()).map(coinsOf),
  };
};

/** The same line, for whoever changes a part of it. */
export const over = (line: FeedLine): FeedLine => ({
  latest: () => line.latest(),
  entry: (...asked) => line.entry(...asked),
  begin: (generation) => line.begin(generation),
  end: (of) => line.end(of),
  publish: (...asked) => line.publish(...asked),
  listen: (...asked) => line.listen(...asked),
});
