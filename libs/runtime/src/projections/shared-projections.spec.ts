import type { EventStore } from '#lumbung/event-store';
import type { ReadStore } from '#lumbung/read-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { openMongoReadStore } from '#lumbung/read-store/mongodb';
import { mongoDouble } from '#lumbung/read-store/testing';
import { emptyLog, holdings, holdingsOf, inSmallBatches, write } from '../testing/coin-log.js';
import { CoinsPut } from '../testing/jar.js';
import { sourceOf, startedReader } from '../testing/reading.js';
import { quickly, sharer } from '../testing/sharing.js';

const LEASE_MS = 3_000;
const LOOK_MS = 500;
const HOUR_MS = 3_600_000;
const JARS = ['jar-a', 'jar-b', 'all'];

const double = mongoDouble();
beforeAll(() => double.start());
afterAll(() => double.stop());

let database = 0;
const opened: ReadStore[] = [];
afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

/** The same database, as each process opens it. */
const newDatabase = () => {
  const name = `shared_${database++}`;
  return async () => {
    const store = await openMongoReadStore({ url: double.url, database: name });
    opened.push(store);
    return store;
  };
};

type Sharer = ReturnType<typeof sharer>;

const until = async (holds: () => Promise<boolean> | boolean, most_ms: number) => {
  for (let passed_ms = 0; passed_ms < most_ms; passed_ms += 100) {
    if (await holds()) return;
    await quickly(100);
  }
  throw new Error('it has not come to that');
};

const contents = async ({ models }: Pick<Sharer, 'models'>, one = holdings) => {
  for (;;) {
    const found = await models.findMany(one, JARS).catch(() => undefined);
    if (found) return found;
    await quickly(100);
  }
};

const reads = (one: Sharer, count: number) => async () => {
  const all = await one.models.find(holdings, 'all').catch(() => undefined);
  return all?.count === count;
};

/** What a process alone makes of the log, in a store that was empty. */
const madeAnew = async (log: EventStore) => {
  const reader = await startedReader(log, sourceOf(memoryReadStore(), [holdings]));
  const made = await contents(reader);
  await reader.stop();
  return made;
};

/** Two processes whose clocks differ by an hour, the first of which leads. */
const two = async (log: EventStore = emptyLog()) => {
  const open = newDatabase();
  const given = { log, projections: [holdings] };
  const first = sharer('first', { ...given, readStore: await open() });
  const second = sharer('second', { ...given, readStore: await open(), off_ms: HOUR_MS });
  await first.start();
  await until(first.leads, LEASE_MS);
  await second.start();
  return { log, first, second, open };
};

describe('projections of a store that several processes share', () => {
  it('are folded by one and read by all', async () => {
    const { log, first, second } = await two();
    await write(log, [1, 2, 3]);
    await until(reads(second, 3), 10_000);
    expect(second.leads()).toBe(false);
    expect(await contents(second)).toEqual(await madeAnew(log));
    expect(await contents(first)).toEqual(await contents(second));
    expect([first.failures, second.failures]).toEqual([[], []]);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('are led by another at once when the leader ends', async () => {
    const { log, first, second } = await two();
    await first.stop();
    await until(second.leads, 2 * LOOK_MS);
    await write(log, [4]);
    await until(reads(second, 1), 10_000);
    await second.stop();
  });

  it('are led by another within the time of a lease when the leader is gone', async () => {
    const { log, first, second } = await two();
    await write(log, [1, 2]);
    await until(reads(second, 2), 10_000);
    first.freeze();
    await write(log, [3]);
    await until(second.leads, LEASE_MS + 3 * LOOK_MS);
    await until(reads(second, 3), 10_000);
    expect(first.leads()).toBe(false);
    expect(await contents(second)).toEqual(await madeAnew(log));
    first.thaw();
    await Promise.all([first.stop(), second.stop()]);
  });

  it.each([0, 1, 2, 3, 5, 8])(
    'are right though a leader slept in its work and wakes up late (%d)',
    async (turns) => {
      const { log, first, second } = await two(inSmallBatches(emptyLog(), 2));
      const coins = Array.from({ length: 20 }, (_, index) => index + 1);
      await write(log, coins.slice(0, 10));
      const rebuilt = first.reading.rebuild().catch(() => undefined);
      for (let turn = 0; turn < turns; turn++) await quickly(50);
      first.freeze();
      await write(log, coins.slice(10), { stream: 'jar-b' });
      await until(second.leads, 10_000);
      await until(reads(second, 20), 10_000);
      await second.reading.rebuild();
      first.thaw();
      await rebuilt;
      await write(log, [21, 22]);
      await until(reads(second, 22), 10_000);
      await until(reads(first, 22), 10_000);
      const right = await madeAnew(log);
      expect(await contents(second)).toEqual(right);
      expect(await contents(first)).toEqual(right);
      expect([first.failures, second.failures]).toEqual([[], []]);
      await Promise.all([first.stop(), second.stop()]);
    },
  );

  it('are each read in the version of the code, and go when nobody reads them', async () => {
    const open = newDatabase();
    const store = await open();
    const log = emptyLog();
    await write(log, [1, 2]);
    const newer = holdingsOf(CoinsPut, { version: 2 });
    const given = { log, speed: 100 };
    const old = sharer('old', { ...given, readStore: await open(), projections: [holdings] });
    const fresh = sharer('new', { ...given, readStore: await open(), projections: [newer] });
    await old.start();
    await fresh.start();
    await contents(old);
    await contents(fresh, newer);
    await until(fresh.leads, 10_000);
    await fresh.reading.rebuild();
    const builds = async () => [...((await store.shared?.builds()) ?? [])].sort();
    await until(async () => (await builds()).length === 2, 60_000);
    expect(await builds()).toEqual(['holdings_v1_1001', 'holdings_v2_1002']);
    await old.stop();
    await until(async () => (await builds()).length === 1, 15 * 60_000);
    expect(await builds()).toEqual(['holdings_v2_1002']);
    expect(await contents(fresh, newer)).toEqual(await madeAnew(log));
    expect(await store.pointer('holdings_v1')).toBeUndefined();
    await fresh.stop();
  }, 60_000);
});
