import type { EventStore } from '#lumbung/event-store';
import type { ReadStore } from '#lumbung/read-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import {
  CoinsLent,
  emptyLog,
  holdings,
  inSmallBatches,
  loans,
  write,
} from '../testing/coin-log.js';
import { settled } from '../testing/platform.js';
import { watched } from '../testing/read-stores.js';
import { readerOf, sourceOf, startedReader } from '../testing/reading.js';

const collectionOf = (build: number) => ({
  name: `holdings_v1_${build}`,
  indexes: holdings.indexes,
});

/** Puts a wrong document where the right one was, as an old bug may have. */
const spoil = (store: ReadStore, build: number, coins: number[]) => {
  const document = { jar: 'jar-a', coins, count: -1 };
  const spoilt = { collection: collectionOf(build), key: 'jar-a', document, position: '999999' };
  return store.put([spoilt], {});
};

/** A reader of two jars whose serving document of the first is wrong. */
const spoilt = async (log: EventStore = emptyLog()) => {
  const position = await write(log, [1, 2, 3]);
  const readStore = memoryReadStore();
  const { store, ...gate } = watched(readStore);
  const reader = await startedReader(log, sourceOf(store, [holdings, loans]));
  await spoil(readStore, 1, [13]);
  const coins = async () => (await reader.models.read(holdings, 'jar-a')).coins;
  return { log, readStore, position, reader, gate, coins };
};

describe('a rebuild', () => {
  it('runs beside the serving copy and takes its place when it has caught up', async () => {
    const { reader, gate, coins, readStore } = await spoilt();
    expect(await coins()).toEqual([13]);
    gate.shut();
    const rebuilt = reader.runner.rebuild('holdings');
    await settled();
    expect(gate.held()).toBe(1);
    expect(reader.runner.building).toEqual(['holdings']);
    expect(await coins()).toEqual([13]);
    gate.open();
    expect(await rebuilt).toEqual([{ projection: 'holdings', written: 2 }]);
    expect(await coins()).toEqual([1, 2, 3]);
    expect(reader.runner.building).toEqual([]);
    await reader.stop();
    expect(await readStore.pointer('holdings_v1')).toBe('2');
    expect(await readStore.get(collectionOf(1), 'jar-a')).toBeUndefined();
    expect(await readStore.checkpoint('holdings_v1_1')).toBeUndefined();
  });

  it('lets queries be answered all the while, with the whole of either copy', async () => {
    const { log, reader, coins } = await spoilt(inSmallBatches(emptyLog(), 1));
    await write(log, [4, 5, 6], { stream: 'jar-b' });
    await reader.caughtUp();
    let isDone = false;
    const rebuilt = reader.runner.rebuild().then(() => {
      isDone = true;
    });
    const answers = new Set<string>();
    while (!isDone) answers.add((await coins()).join());
    await rebuilt;
    expect([...answers]).toEqual(['13', '1,2,3']);
    await reader.stop();
  });

  it('answers nobody from a copy that went while he read it', async () => {
    const { reader, readStore, coins } = await spoilt();
    const { get } = readStore;
    const slow = { ...readStore };
    let read: () => Promise<unknown> = async () => undefined;
    slow.get = async <Doc extends object>(...asked: Parameters<typeof get>) => {
      await read();
      return get<Doc>(...asked);
    };
    await reader.stop();
    const again = await startedReader(reader.log, sourceOf(slow, [holdings, loans]));
    read = async () => {
      read = async () => undefined;
      await again.runner.rebuild('holdings');
    };
    expect(await again.models.find(holdings, 'jar-a')).toMatchObject({ coins: [1, 2, 3] });
    expect(await coins()).toEqual([]);
    await again.stop();
  });

  it('has what happened while it ran', async () => {
    const { log, reader, gate, coins } = await spoilt();
    gate.shut();
    const rebuilt = reader.runner.rebuild('holdings');
    await settled();
    await write(log, [4, 5]);
    await settled();
    gate.open();
    await rebuilt;
    await write(log, [6]);
    await reader.caughtUp();
    expect(await coins()).toEqual([1, 2, 3, 4, 5, 6]);
    await reader.stop();
  });

  it('tells how far it has come', async () => {
    const { log, reader, gate } = await spoilt(inSmallBatches(emptyLog(), 2));
    const places = () => reader.runner.rebuilding.map(({ name, position }) => [name, position]);
    expect(places()).toEqual([]);
    const second = await secondPosition(log);
    gate.shut();
    const rebuilt = reader.runner.rebuild('holdings');
    await settled();
    expect(places()).toEqual([['holdings', undefined]]);
    gate.open();
    gate.shut();
    await settled();
    expect(places()).toEqual([['holdings', second]]);
    gate.open();
    await rebuilt;
    expect(places()).toEqual([]);
    await reader.stop();
  });

  it('of all reads the log once', async () => {
    const { log, readStore, reader } = await spoilt();
    await write(log, [4], {}, CoinsLent);
    await reader.stop();
    let readings = 0;
    const seen: EventStore = {
      ...log,
      subscribe: (options) => {
        if (options?.after === undefined) readings += 1;
        return log.subscribe(options);
      },
    };
    const again = await startedReader(seen, sourceOf(readStore, [holdings, loans]));
    expect(await again.runner.rebuild()).toMatchObject([
      { projection: 'holdings' },
      { projection: 'loans' },
    ]);
    expect(readings).toBe(1);
    expect(await again.models.find(loans, 'all')).toMatchObject({ coins: [4] });
    await again.stop();
  });

  it('that two ask for at once is one', async () => {
    const { reader, coins, readStore } = await spoilt();
    const asked = [reader.runner.rebuild('holdings'), reader.runner.rebuild()];
    expect(await Promise.all(asked)).toMatchObject([
      [{ projection: 'holdings' }],
      [{ projection: 'holdings' }, { projection: 'loans' }],
    ]);
    expect(await coins()).toEqual([1, 2, 3]);
    await reader.stop();
    expect(await readStore.pointer('holdings_v1')).toBe('2');
  });

  it('may follow another', async () => {
    const { reader, coins, readStore } = await spoilt();
    for (let time = 0; time < 3; time++) await reader.runner.rebuild('holdings');
    expect(await coins()).toEqual([1, 2, 3]);
    await reader.stop();
    expect(await readStore.pointer('holdings_v1')).toBe('4');
    const again = await startedReader(reader.log, sourceOf(readStore, [holdings]));
    expect(await again.models.find(holdings, 'jar-a')).toMatchObject({ coins: [1, 2, 3] });
    await again.stop();
  });

  it('begins with nothing of one that was never finished', async () => {
    const { reader, readStore, coins } = await spoilt();
    await spoil(readStore, 2, [13, 13]);
    await reader.runner.rebuild('holdings');
    expect(await coins()).toEqual([1, 2, 3]);
    await reader.stop();
  });

  it('is not finished by a process that stops', async () => {
    const { reader, gate, readStore } = await spoilt();
    gate.shut();
    const rebuilt = reader.runner.rebuild('holdings').catch((error) => error);
    await settled();
    const stopped = reader.stop();
    gate.open();
    await stopped;
    expect(await rebuilt).toMatchObject({ name: 'Unavailable', code: 'SERVICE_UNAVAILABLE' });
    expect(await readStore.pointer('holdings_v1')).toBe('1');
  });

  it('of what nobody knows is refused', async () => {
    const { reader } = await spoilt();
    const refused = reader.runner.rebuild('holding');
    await expect(refused).rejects.toMatchObject({ name: 'Rejection', code: 'PROJECTION_UNKNOWN' });
    await reader.stop();
  });

  it('of what does not serve yet has to wait', async () => {
    const log = emptyLog();
    await write(log, [1]);
    const { store, shut, open } = watched(memoryReadStore());
    shut();
    const reader = readerOf(log, sourceOf(store, [holdings]));
    await reader.start();
    const asked = reader.runner.rebuild('holdings');
    await expect(asked).rejects.toMatchObject({ name: 'Unavailable', code: 'NOT_CAUGHT_UP' });
    open();
    await reader.stop();
  });
});

const secondPosition = async (log: EventStore): Promise<bigint | undefined> => {
  for await (const events of log.readAll({ limit: 2 })) return events[1]?.position;
};
