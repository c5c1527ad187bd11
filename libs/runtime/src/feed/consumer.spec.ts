import {
  DAY_MS,
  entryAfter,
  FEED_START,
  type FeedEntry,
  type RegencyCode,
  uuidOf,
} from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { memoryReadStore } from '#lumbung/read-store/memory';
import type { FeedLine } from '#lumbung/transport';
import { memoryLine } from '#lumbung/transport/memory-line';
import { Commands } from '../commands/commands.js';
import { Parking } from '../parking/parking.js';
import { CoinsTold, emptyLog, write } from '../testing/coin-log.js';
import { CALLER, DEPLOYMENT, testSealing } from '../testing/jar.js';
import { coinsOf, over, REGENCY, telling } from '../testing/telling.js';
import { FeedConsumer } from './consumer.js';
import { entryOf, feedAfter } from './feed.js';
import { keyOfEntry, originKeeper } from './origin.js';

type Regency = ReturnType<typeof telling>;

/** Whoever looks at a regency from outside, with a log of its own. */
const province = (regency: Regency, line: FeedLine, log = emptyLog()) => {
  const { platform } = regency.machine;
  const readStore = memoryReadStore();
  const failures: unknown[] = [];
  const troubles: unknown[] = [];
  const read = { calls: 0, isThere: true, lie: (entries: FeedEntry[]) => entries };
  const consumer = (its = readStore, knows = [CoinsTold]) => {
    const commands = new Commands(log, testSealing, platform, DEPLOYMENT);
    return new FeedConsumer({
      ...{
        name: 'province',
        listener: 'province-1',
        regency: REGENCY,
        line,
        readStore: its,
        keyOf: keyOfEntry,
        platform,
      },
      read: async (after, limit) => {
        read.calls += 1;
        const entries = await feedAfter(regency.store, REGENCY, { after, limit });
        return read.isThere ? read.lie(entries.map(entryOf)) : [];
      },
      parking: new Parking({
        ...{ store: log, commands, platform, reader: 'province' },
        eventOf: ({ event }: FeedEntry) => event,
        take: originKeeper(commands, knows, platform.clock),
        stopped: new AbortController().signal,
      }),
      onTrouble: (code) => troubles.push(code),
      onFailure: (error) => failures.push(error),
    });
  };
  const coins = async () => {
    const all: number[] = [];
    for await (const events of log.readStream(`origin-${REGENCY}`)) {
      all.push(...events.map(entryOf).map(coinsOf));
    }
    return all;
  };
  return { log, readStore, failures, troubles, read, consumer, coins };
};

/** A regency that has told some coins, the line that carries them, and its province. */
const opened = async (coins: number[]) => {
  const regency = telling();
  const line = memoryLine();
  const broker = { lose: () => line.lose(), reach: (is: boolean) => line.reach(is) };
  const publish = async (more: number[], written = {}) => {
    await write(regency.store, more, written);
    await regency.run(regency.relayOver(), regency.publisherTo(line));
  };
  await publish(coins);
  return { regency, line, ...broker, publish, ...province(regency, line) };
};

/** The same line, but for what it brings. */
const bringing = (line: FeedLine, change: (payloads: unknown[]) => unknown[]): FeedLine => ({
  ...over(line),
  async *listen(...asked) {
    for await (const group of line.listen(...asked)) {
      const changed = change(group.map(({ payload }) => payload));
      yield changed.map((payload) => ({ payload, done: () => undefined }));
    }
  },
});

describe('a consumer of a feed', () => {
  it('takes what is told, once and in order, and goes on where it was', async () => {
    const { regency, publish, consumer, coins, read, failures } = await opened([1, 2]);
    await regency.run(consumer());
    expect(await coins()).toEqual([1, 2]);
    await publish([3]);
    const next = consumer();
    await regency.run(next);
    expect(await coins()).toEqual([1, 2, 3]);
    expect(next.place.sequence).toBe(3);
    expect([read.calls, failures]).toEqual([0, []]);
  });

  it('takes nothing twice when its place was lost, nor when the line begins again', async () => {
    const { regency, publish, consumer, coins, lose } = await opened([1, 2]);
    await regency.run(consumer());
    await regency.run(consumer(memoryReadStore()));
    expect(await coins()).toEqual([1, 2]);
    lose();
    await publish([3]);
    await regency.run(consumer());
    expect(await coins()).toEqual([1, 2, 3]);
  });

  it('takes nothing twice, however long ago it took it', async () => {
    const { regency, publish, consumer, coins } = await opened([1, 2]);
    await regency.run(consumer());
    regency.machine.advance(61 * DAY_MS);
    await publish([3]);
    await regency.run(consumer());
    await regency.run(consumer(memoryReadStore()));
    expect(await coins()).toEqual([1, 2, 3]);
  });

  it('sees that a regency tells something else at the number where it is', async () => {
    const { regency, line, log } = await opened([1, 2]);
    const [, last] = (await regency.entries()) as [FeedEntry, FeedEntry];
    const other = { ...last, hash: '2'.repeat(64) };
    const { consumer, read, troubles } = province(
      regency,
      bringing(line, (all) => [...all, other]),
      log,
    );
    await regency.run(consumer());
    expect(troubles).toEqual([]);
    read.lie = () => [other];
    await regency.run(consumer(memoryReadStore()));
    expect(troubles).toEqual(['FEED_BROKEN']);
  });

  it.each<[string, (payloads: unknown[]) => unknown[]]>([
    ['repeats itself', (all) => all.flatMap((one) => [one, one])],
    ['goes backwards', (all) => [...all].reverse()],
    ['leaves out', (all) => all.filter((_, at) => at % 2 === 1)],
    ['says nothing that can be read', (all) => all.map(() => undefined)],
    ['lies', (all) => all.map((one) => ({ ...(one as object), hash: '0'.repeat(64) }))],
  ])('takes each once and in order from a line that %s', async (_, change) => {
    const { regency, line, log } = await opened([1, 2, 3, 4]);
    const { consumer, coins, failures } = province(regency, bringing(line, change), log);
    await regency.run(consumer());
    expect(await coins()).toEqual([1, 2, 3, 4]);
    expect(failures).toEqual([]);
  });

  it('waits where neither the line nor the regency has what is next', async () => {
    const { regency, line, log } = await opened([1, 2, 3]);
    const { consumer, coins, read } = province(
      regency,
      bringing(line, (all) => all.slice(1)),
      log,
    );
    read.isThere = false;
    await regency.run(consumer());
    expect(await coins()).toEqual([]);
    read.isThere = true;
    await regency.run(consumer());
    expect(await coins()).toEqual([1, 2, 3]);
  });

  it('believes no feed that is not a chain, and says so', async () => {
    const { regency, line, log } = await opened([1, 2]);
    const { consumer, coins, read, failures, troubles } = province(
      regency,
      bringing(line, () => [undefined]),
      log,
    );
    const [first] = await regency.entries();
    const { event } = first as FeedEntry;
    const other = { ...event, id: uuidOf('other'), data: { coins: 7 } };
    const past = { ...FEED_START, hash: '1'.repeat(64) };
    read.lie = () => [entryAfter(past, REGENCY, other)];
    const one = consumer();
    await one.start();
    await regency.pass();
    expect(troubles).toEqual(['FEED_BROKEN']);
    await one.stop();
    read.lie = () => [entryAfter(FEED_START, '35.05' as RegencyCode, other)];
    await regency.run(consumer());
    expect(await coins()).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('parks what it does not know, with what comes of that cooperative, and no other', async () => {
    const { regency, publish, consumer, coins, readStore } = await opened([1]);
    await regency.run(consumer(readStore, []));
    await publish([2]);
    const cooperative = '35.06.17.2001';
    await publish([3], { metadata: { ...TEST_METADATA, cooperative } });
    const newer = consumer();
    await newer.start();
    await regency.pass();
    expect(await coins()).toEqual([3]);
    const { parking } = newer;
    expect(await parking.list()).toMatchObject([
      { key: TEST_METADATA.cooperative, code: 'FEED_EVENT_UNKNOWN', waiting: 2 },
    ]);
    const resumed = await parking.retry(TEST_METADATA.cooperative as string, CALLER);
    expect(resumed).toEqual({ taken: 2, left: null });
    expect(await coins()).toEqual([3, 1, 2]);
    await newer.stop();
  });

  it('goes on when the broker comes back', async () => {
    const { regency, consumer, coins, reach, troubles } = await opened([1, 2]);
    reach(false);
    const one = consumer();
    await one.start();
    await regency.pass();
    expect(troubles).toEqual(['SERVICE_UNAVAILABLE']);
    reach(true);
    await regency.pass();
    expect(await coins()).toEqual([1, 2]);
    expect(troubles).toEqual(['SERVICE_UNAVAILABLE', undefined]);
    await one.stop();
  });

  it('ends when it is broken in itself, and says why', async () => {
    const { regency, line, log } = await opened([1]);
    const listen = () => {
      throw new TypeError('a bug');
    };
    const broken = { ...over(line), listen };
    const { consumer, failures } = province(regency, broken, log);
    await regency.run(consumer());
    expect(failures).toHaveLength(1);
    expect(failures[0]).toBeInstanceOf(TypeError);
  });
});
