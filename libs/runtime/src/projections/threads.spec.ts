import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#lumbung/event-store';
import { openLogEventStore } from '#lumbung/event-store/log';
import type { ReadStore } from '#lumbung/read-store';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';
import { nodePlatform } from '../node.platform.js';
import { CoinsLent, coin, holdings, loans, write } from '../testing/coin-log.js';
import { readerOf, sourceOf, startedReader } from '../testing/reading.js';

const COINS = 55_000;
const JARS = 10;
const execArgv = ['--conditions', 'source', '--import', './test/typescript.js'];
const module = new URL('../testing/workshop.js', import.meta.url);

/**
 * How many builds were ordered from threads each time, what these said of their way, and from
 * where the process itself read then.
 */
const overseen = (store: EventStore) => {
  const orders: number[] = [];
  const places: bigint[] = [];
  const begun: (bigint | undefined)[] = [];
  const fold: EventStore['fold'] = (task) => {
    orders.push((task.input as { orders: unknown[] }).orders.length);
    return (store.fold as NonNullable<EventStore['fold']>)({
      ...task,
      onProgress: (place, part) => {
        places.push(place as bigint);
        task.onProgress?.(place as never, part);
      },
    });
  };
  const subscribe: EventStore['subscribe'] = (options) => {
    begun.push(options?.after);
    return store.subscribe(options);
  };
  return { store: { ...store, fold, subscribe }, orders, places, begun };
};

describe('a long build on threads', () => {
  let folder: string;
  let log: EventStore;
  let readStore: ReadStore;
  let count = 0;
  const newPath = () => join(folder, `read-${count++}`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-threads-'));
    const threads = { workers: 2, execArgv };
    log = await openLogEventStore({ path: join(folder, 'log'), ...nodePlatform, threads });
    const each = COINS / JARS;
    for (let jar = 0; jar < JARS; jar++) {
      const coins = Array.from({ length: each }, (_, n) => coin(jar * each + n));
      await log.append(`jar-${jar}`, coins, 'none');
    }
    await write(log, [1, 2], { stream: 'jar-3' }, CoinsLent);
  });
  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  const readerIn = (path: string, store: EventStore) => {
    const sources = [sourceOf(readStore, [holdings, loans])];
    return readerOf(store, sources, { module, input: path, many: 50_000 });
  };

  afterEach(() => readStore.close());

  it('makes the same documents, tells how it goes, and then follows what is appended', async () => {
    const path = newPath();
    readStore = await openLmdbReadStore({ path });
    const { store, orders, places, begun } = overseen(log);
    const head = await log.head();
    const reader = readerIn(path, store);
    await reader.start();
    await reader.caughtUp();
    expect(orders).toEqual([2]);
    expect(begun).toEqual([head]);
    expect(new Set(places).size).toBeGreaterThan(1);
    expect(places.at(-1)).toBe(head);
    const plain = await openLmdbReadStore({ path: newPath() });
    const inProcess = await startedReader(log, sourceOf(plain, [holdings, loans]));
    const keys = [...Array.from({ length: JARS }, (_, n) => `jar-${n}`), 'all'];
    const built = await reader.models.findMany(holdings, keys);
    expect(built).toEqual(await inProcess.models.findMany(holdings, keys));
    expect(built.at(-1)?.count).toBe(COINS);
    expect(await reader.models.find(loans, 'all')).toMatchObject({ coins: [1, 2] });
    await inProcess.stop();
    await plain.close();
    await write(log, [3], { stream: 'jar-3' }, CoinsLent);
    await reader.caughtUp();
    expect(await reader.models.find(loans, 'all')).toMatchObject({ coins: [1, 2, 3] });
    await reader.stop();
  });

  it('takes the place of what served, and counts what was written', async () => {
    const path = newPath();
    readStore = await openLmdbReadStore({ path });
    await (await startedReader(log, sourceOf(readStore, [holdings, loans]))).stop();
    const { store, orders, begun } = overseen(log);
    const reader = readerIn(path, store);
    await reader.start();
    await reader.caughtUp();
    expect(orders).toEqual([]);
    begun.length = 0;
    const rebuilt = await reader.runner.rebuild();
    expect(orders).toEqual([2]);
    expect(new Set(begun)).toEqual(new Set([await log.head()]));
    expect(rebuilt.map(({ projection }) => projection)).toEqual(['holdings', 'loans']);
    for (const { written } of rebuilt) expect(written).toBeGreaterThan(1);
    expect(await readStore.pointer('holdings_v1')).toBe('2');
    expect((await reader.models.find(holdings, 'all'))?.count).toBe(COINS);
    await reader.stop();
  });

  it('goes on after a restart where it was stopped', async () => {
    const path = newPath();
    readStore = await openLmdbReadStore({ path });
    const stopped = readerIn(path, log);
    await stopped.start();
    const placeOf = () => readStore.checkpoint('holdings_v1_1');
    while (!(await placeOf())) await nodePlatform.timers.sleep(1);
    await stopped.runner.stop();
    const checkpoint = await placeOf();
    const place = BigInt(checkpoint?.position as string);
    expect(place).toBeLessThan((await log.head()) as bigint);
    const again = overseen(log);
    const reader = readerIn(path, again.store);
    await reader.start();
    await reader.caughtUp();
    expect(again.begun).not.toContain(undefined);
    expect((await reader.models.find(holdings, 'all'))?.count).toBe(COINS);
    await reader.stop();
  });

  it('parks where it would in the process, and reads nothing again for it', async () => {
    const path = newPath();
    readStore = await openLmdbReadStore({ path });
    const newer = await write(log, [99_999], { stream: 'jar-4', version: 2 });
    await write(log, [5], { stream: 'jar-4' }, CoinsLent);
    const { store, begun } = overseen(log);
    const reader = readerIn(path, store);
    await reader.start();
    await reader.runner.untilServingAll();
    expect(begun).toEqual([await log.head()]);
    expect(reader.runner.parked.map(({ name, parked }) => [name, parked])).toEqual([
      ['holdings', { position: newer, type: 'jar.CoinsPut', version: 2 }],
    ]);
    expect(await reader.models.find(loans, 'all')).toMatchObject({ count: 4 });
    await reader.stop();
  });
});
