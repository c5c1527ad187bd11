import type { EventStore } from '#lumbung/event-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import {
  CoinsLent,
  CoinsTold,
  emptyLog,
  holdings,
  holdingsOf,
  inSmallBatches,
  loans,
  NewerCoinsPut,
  tellingOf,
  write,
} from '../testing/coin-log.js';
import { CoinsPut } from '../testing/jar.js';
import { watched } from '../testing/read-stores.js';
import { sourceOf, startedReader } from '../testing/reading.js';

const newerHoldings = holdingsOf(NewerCoinsPut);
const NEWER = { name: 'Unavailable', code: 'STREAM_NEWER_THAN_CODE' };

type Reader = Awaited<ReturnType<typeof startedReader>>;

const parkedIn = ({ runner }: Reader) =>
  runner.parked.map(({ name, parked }) => [name, parked?.position, parked?.type, parked?.version]);

/** Puts two coins as this code does, one as newer code does, and lends one. */
const mixed = async (log: EventStore) => {
  await write(log, [1, 2]);
  const newer = await write(log, [3], { version: 2 });
  const head = await write(log, [4], {}, CoinsLent);
  return { newer, head };
};

describe('an event newer than the code', () => {
  for (const batchSize of [1, 2, 100]) {
    it(`parks the projection that reads it, and no other (${batchSize} at a time)`, async () => {
      const log = inSmallBatches(emptyLog(), batchSize);
      const store = memoryReadStore();
      const reader = await startedReader(log, sourceOf(store, [holdings, loans]));
      await write(log, [1, 2]);
      await reader.caughtUp();
      const newer = await write(log, [3], { version: 2 });
      await write(log, [4]);
      const head = await write(log, [5], {}, CoinsLent);
      await reader.caughtUp();
      expect(parkedIn(reader)).toEqual([['holdings', newer, 'jar.CoinsPut', 2]]);
      expect(await reader.models.find(holdings, 'jar-a')).toMatchObject({ coins: [1, 2] });
      expect(await reader.models.find(loans, 'jar-a')).toMatchObject({ coins: [5] });
      const places = ['holdings', 'loans'].map((name) => store.checkpoint(`${name}_v1_1`));
      const [parked, live] = await Promise.all(places);
      expect(BigInt(parked?.position ?? 0)).toBeLessThan(newer);
      expect(BigInt(live?.position ?? 0)).toBe(head);
      await reader.stop();
    });
  }

  it('lets go what stands before it in the same batch, and nothing after it', async () => {
    const log = emptyLog();
    const { store, shut, open } = watched(memoryReadStore());
    const reader = await startedReader(log, sourceOf(store, [holdings]));
    await write(log, [0]);
    await reader.caughtUp();
    shut();
    await write(log, [1, 2]);
    await write(log, [3], { version: 2 });
    await write(log, [4]);
    open();
    await reader.caughtUp();
    expect(await reader.models.find(holdings, 'all')).toMatchObject({ coins: [0, 1, 2] });
    await reader.stop();
  });

  it('is where newer code goes on after a restart', async () => {
    const log = emptyLog();
    const store = memoryReadStore();
    const old = await startedReader(log, sourceOf(store, [holdings]));
    await write(log, [1, 2]);
    await old.caughtUp();
    await write(log, [3], { version: 2 });
    await write(log, [4]);
    await old.caughtUp();
    await old.stop();
    const again = await startedReader(log, sourceOf(store, [holdings]));
    expect(await again.models.find(holdings, 'all')).toMatchObject({ coins: [1, 2] });
    expect(parkedIn(again)).toHaveLength(1);
    await again.stop();
    const newer = await startedReader(log, sourceOf(store, [newerHoldings]));
    expect(parkedIn(newer)).toEqual([]);
    expect(await newer.models.find(newerHoldings, 'all')).toMatchObject({ coins: [1, 2, 3, 4] });
    await newer.stop();
  });

  it('is not passed by a checkpoint, however much follows it', async () => {
    const log = emptyLog();
    const { store, writes } = watched(memoryReadStore());
    await write(log, [1]);
    const reader = await startedReader(log, sourceOf(store, [holdings]));
    const { newer } = await mixed(log);
    const many = Array.from({ length: 10_001 }, (_, index) => 10 + index);
    await write(log, many, { stream: 'jar-b' });
    await reader.caughtUp();
    await reader.stop();
    const positions = writes.flatMap(({ checkpoints }) =>
      Object.values(checkpoints).map(({ position }) => BigInt(position)),
    );
    expect(positions.length).toBeGreaterThan(0);
    for (const position of positions) expect(position).toBeLessThan(newer);
  });

  it('keeps a projection from answering that never has', async () => {
    const log = emptyLog();
    await mixed(log);
    const reader = await startedReader(log, sourceOf(memoryReadStore(), [holdings, loans]));
    expect(parkedIn(reader)).toHaveLength(1);
    await expect(reader.models.find(holdings, 'all')).rejects.toMatchObject({
      code: 'NOT_CAUGHT_UP',
    });
    expect(await reader.models.find(loans, 'all')).toMatchObject({ coins: [4] });
    expect(reader.runner.isServingAll).toBe(false);
    await reader.stop();
  });

  it('parks a new version beside the others', async () => {
    const log = emptyLog();
    await mixed(log);
    const store = memoryReadStore();
    await (await startedReader(log, sourceOf(store, [loans]))).stop();
    const reader = await startedReader(log, sourceOf(store, [holdings, loans]));
    expect(parkedIn(reader)).toHaveLength(1);
    await write(log, [5], {}, CoinsLent);
    await reader.caughtUp();
    expect(await reader.models.find(loans, 'all')).toMatchObject({ coins: [4, 5] });
    await reader.stop();
  });

  it('parks the only projection there is, and those who wait for the log go on', async () => {
    const log = emptyLog();
    const reader = await startedReader(log, sourceOf(memoryReadStore(), [holdings]));
    await write(log, [1], { version: 2 });
    await reader.caughtUp();
    await write(log, [2]);
    await reader.caughtUp();
    expect(parkedIn(reader)).toHaveLength(1);
    await reader.stop();
  });

  it('keeps what is parked from being built anew, since that would park too', async () => {
    const log = emptyLog();
    const { store, shut, open } = watched(memoryReadStore());
    const reader = await startedReader(log, sourceOf(store, [holdings, loans]));
    await mixed(log);
    await reader.caughtUp();
    shut();
    for (const asked of ['holdings', undefined]) {
      await expect(reader.runner.rebuild(asked)).rejects.toMatchObject(NEWER);
    }
    open();
    expect(await reader.runner.rebuild('loans')).toMatchObject([{ projection: 'loans' }]);
    await reader.stop();
  });

  it('ends a rebuild of what newer code has built, which goes on answering', async () => {
    const log = emptyLog();
    const store = memoryReadStore();
    await mixed(log);
    await (await startedReader(log, sourceOf(store, [newerHoldings]))).stop();
    const reader = await startedReader(log, sourceOf(store, [holdings]));
    await expect(reader.runner.rebuild('holdings')).rejects.toMatchObject(NEWER);
    expect(reader.runner.rebuilding).toEqual([]);
    expect(parkedIn(reader)).toEqual([]);
    await write(log, [5]);
    await reader.caughtUp();
    expect(await reader.models.find(holdings, 'all')).toMatchObject({ coins: [1, 2, 3, 5] });
    await reader.stop();
  });
});

describe('an event newer than the code that would tell it', () => {
  it('parks the projections that would have heard it, and is not lost to them', async () => {
    const log = emptyLog();
    const store = memoryReadStore();
    const told = holdingsOf(CoinsTold, { name: 'told' });
    const lent = holdingsOf(CoinsLent, { name: 'lent' });
    const untold = [tellingOf(CoinsPut)];
    const old = await startedReader(log, sourceOf(store, [told, lent], untold));
    const { newer } = await mixed(log);
    await old.caughtUp();
    expect(parkedIn(old)).toEqual([['told', newer, 'jar.CoinsPut', 2]]);
    await old.stop();
    const known = [tellingOf(NewerCoinsPut)];
    const reader = await startedReader(log, sourceOf(store, [told, lent], known));
    expect(await reader.models.find(told, 'all')).toMatchObject({ coins: [1, 2, 3] });
    await reader.stop();
  });
});
