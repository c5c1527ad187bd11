import type { EventStore } from '#lumbung/event-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import {
  CoinsLent,
  coin,
  emptyLog,
  holdings,
  holdingsOf,
  inSmallBatches,
  loans,
  write,
} from '../testing/coin-log.js';
import { CoinsPut } from '../testing/jar.js';
import { settled } from '../testing/platform.js';
import { cutAt, watched } from '../testing/read-stores.js';
import { readerOf, sourceOf, startedReader } from '../testing/reading.js';
import { ProjectionRunner } from './projection-runner.js';

const NOT_CAUGHT_UP = { name: 'Unavailable', code: 'NOT_CAUGHT_UP' };

const newerHoldings = holdingsOf(CoinsPut, { version: 2 });

/** Where each subscription to the log began. */
const subscribed = (store: EventStore) => {
  const begun: (bigint | undefined)[] = [];
  const seen: EventStore = {
    ...store,
    subscribe: (options) => {
      begun.push(options?.after);
      return store.subscribe(options);
    },
  };
  return { store: seen, begun };
};

describe('a batch', () => {
  it('is folded in one write, however many documents and projections it changes', async () => {
    const log = emptyLog();
    await write(log, [1, 2, 3], { stream: 'jar-a' });
    await write(log, [4], { stream: 'jar-b' });
    await write(log, [5], { stream: 'jar-b' }, CoinsLent);
    const { store, writes } = watched(memoryReadStore());
    const reader = await startedReader(log, sourceOf(store, [holdings, loans]));
    await reader.stop();
    expect(writes).toHaveLength(1);
    expect(writes[0]?.puts.map(({ collection, key }) => `${collection.name} ${key}`)).toEqual([
      'holdings_v1_1 all',
      'holdings_v1_1 jar-a',
      'holdings_v1_1 jar-b',
      'loans_v1_1 all',
      'loans_v1_1 jar-b',
    ]);
    expect(Object.keys(writes[0]?.checkpoints ?? {})).toEqual(['holdings_v1_1', 'loans_v1_1']);
  });

  it('that changes nothing is not written, until very many have passed', async () => {
    const log = emptyLog();
    const { store, writes } = watched(memoryReadStore());
    const reader = await startedReader(log, sourceOf(store, [loans]));
    await write(log, [1, 2, 3]);
    await reader.caughtUp();
    expect(writes).toEqual([]);
    const many = Array.from({ length: 10_000 }, (_, index) => coin(10 + index));
    const { position } = await log.append('jar-b', many, 'none');
    await reader.caughtUp();
    await reader.stop();
    expect(writes.map(({ puts }) => puts)).toEqual([[]]);
    const checkpoint = await store.checkpoint('loans_v1_1');
    expect(checkpoint).toEqual({
      storeId: log.id,
      position: String(position),
      eventId: many.at(-1)?.id,
    });
  });

  it('of those that nobody reads yet is written with the others, each document once', async () => {
    const log = inSmallBatches(emptyLog(), 1);
    await write(log, [1, 2, 3]);
    const { store, writes } = watched(memoryReadStore());
    const { unwritten: _, ...source } = sourceOf(store, [holdings]);
    const reader = await startedReader(log, source);
    expect(writes.map(({ puts }) => puts.map(({ key }) => key))).toEqual([['all', 'jar-a']]);
    await write(log, [4]);
    await reader.caughtUp();
    expect(await reader.models.find(holdings, 'all')).toMatchObject({ coins: [1, 2, 3, 4] });
    expect(writes).toHaveLength(2);
    await reader.stop();
  });

  it('of those is written too when the log ends in a batch of nothing', async () => {
    const log = emptyLog();
    const position = await write(log, [1, 2, 3]);
    const endsApart: EventStore = {
      ...log,
      async *subscribe(options) {
        for await (const batch of log.subscribe(options)) {
          yield { ...batch, live: false };
          if (batch.live) yield { ...batch, events: [] };
        }
      },
    };
    const store = memoryReadStore();
    const { unwritten: _, ...source } = sourceOf(store, [holdings]);
    const reader = await startedReader(endsApart, source);
    expect(await reader.models.find(holdings, 'all')).toMatchObject({ coins: [1, 2, 3] });
    expect(await store.checkpoint('holdings_v1_1')).toMatchObject({ position: String(position) });
    await reader.stop();
  });

  it.each([
    ['documents', { documents: 2, events: 100 }, [2, 2, 2, 2]],
    ['events', { documents: 100, events: 2 }, [2, 2]],
  ])('of those is written before it is too much: %s', async (_, unwritten, expected) => {
    const log = inSmallBatches(emptyLog(), 1);
    await write(log, [1, 2, 3, 4]);
    const { store, writes } = watched(memoryReadStore());
    const reader = await startedReader(log, { ...sourceOf(store, [holdings]), unwritten });
    expect(writes.map(({ puts }) => puts.length)).toEqual(expected);
    await reader.stop();
  });

  it('of one service is written beside that of another', async () => {
    const log = emptyLog();
    const slow = watched(memoryReadStore());
    const quick = watched(memoryReadStore());
    slow.shut();
    const reader = readerOf(log, [
      sourceOf(slow.store, [holdings]),
      sourceOf(quick.store, [loans]),
    ]);
    await reader.start();
    await write(log, [1]);
    await write(log, [2], {}, CoinsLent);
    await settled();
    expect(slow.held()).toBe(1);
    expect(quick.writes).toHaveLength(1);
    slow.open();
    await reader.caughtUp();
    await reader.stop();
  });
});

describe('a projection', () => {
  it('does not answer before it has read the log once', async () => {
    const log = inSmallBatches(emptyLog(), 2);
    await write(log, [1, 2, 3]);
    const { store, shut, open } = watched(memoryReadStore());
    shut();
    const reader = readerOf(log, sourceOf(store, [holdings]));
    await reader.start();
    await settled();
    await expect(reader.models.find(holdings, 'jar-a')).rejects.toMatchObject(NOT_CAUGHT_UP);
    expect(reader.runner.building).toEqual(['holdings']);
    open();
    await reader.runner.untilServingAll();
    expect(await reader.models.find(holdings, 'jar-a')).toMatchObject({ coins: [1, 2, 3] });
    expect(reader.runner.building).toEqual([]);
    await reader.stop();
  });

  it('does not answer from a first reading that a crash cut short', async () => {
    const log = inSmallBatches(emptyLog(), 2);
    await write(log, [1, 2, 3]);
    const store = memoryReadStore();
    // Its first write empties the collection, its second is a batch.
    const first = readerOf(log, sourceOf(cutAt(store, 1, 'after').store, [holdings]));
    await first.start();
    await expect(first.failed).rejects.toThrow('the power is off');
    await first.stop();
    const again = watched(store);
    again.shut();
    const reader = readerOf(log, sourceOf(again.store, [holdings]));
    await reader.start();
    await settled();
    await expect(reader.models.find(holdings, 'jar-a')).rejects.toMatchObject(NOT_CAUGHT_UP);
    again.open();
    await reader.caughtUp();
    expect(await reader.models.find(holdings, 'jar-a')).toMatchObject({ coins: [1, 2, 3] });
    await reader.stop();
  });

  it('that nothing has changed yet answers at once after a restart too', async () => {
    const log = emptyLog();
    await write(log, [1, 2]);
    const store = memoryReadStore();
    await (await startedReader(log, sourceOf(store, [loans]))).stop();
    const reader = readerOf(log, sourceOf(store, [loans]));
    await reader.start();
    expect(await reader.models.find(loans, 'jar-a')).toBeUndefined();
    await reader.stop();
  });

  it('answers at once after a restart, and reads only what is new', async () => {
    const log = subscribed(emptyLog());
    const position = await write(log.store, [1, 2]);
    const store = memoryReadStore();
    await (await startedReader(log.store, sourceOf(store, [holdings]))).stop();
    await write(log.store, [3]);
    const reader = readerOf(log.store, sourceOf(store, [holdings]));
    await reader.start();
    expect(await reader.models.find(holdings, 'jar-a')).toMatchObject({ coins: [1, 2] });
    await reader.caughtUp();
    expect(await reader.models.find(holdings, 'jar-a')).toMatchObject({ coins: [1, 2, 3] });
    expect(log.begun).toEqual([undefined, position]);
    await reader.stop();
  });

  it('of a new version is built beside the others, which go on meanwhile', async () => {
    const log = emptyLog();
    await write(log, [1, 2]);
    const old = memoryReadStore();
    await (await startedReader(log, sourceOf(old, [holdings]))).stop();
    const other = memoryReadStore();
    await (await startedReader(log, sourceOf(other, [loans]))).stop();
    const slow = watched(old);
    slow.shut();
    const sources = [sourceOf(slow.store, [newerHoldings]), sourceOf(other, [loans])];
    const reader = readerOf(log, sources);
    await reader.start();
    const lent = await write(log, [3], {}, CoinsLent);
    await reader.runner.arrivals.until(lent);
    expect(await reader.models.find(loans, 'jar-a')).toMatchObject({ coins: [3] });
    expect(reader.runner.building).toEqual(['holdings']);
    const asked = reader.models.find(newerHoldings, 'jar-a');
    await expect(asked).rejects.toMatchObject(NOT_CAUGHT_UP);
    slow.open();
    await reader.caughtUp();
    expect(await reader.models.find(newerHoldings, 'jar-a')).toMatchObject({ coins: [1, 2] });
    await write(log, [4]);
    await reader.caughtUp();
    expect(await reader.models.find(newerHoldings, 'jar-a')).toMatchObject({ coins: [1, 2, 4] });
    await reader.stop();
  });

  it('of a new version goes on building where a restart found it', async () => {
    const log = subscribed(inSmallBatches(emptyLog(), 2));
    const half = await write(log.store, [1, 2]);
    await write(log.store, [3, 4]);
    const store = memoryReadStore();
    await (await startedReader(log.store, sourceOf(store, [loans]))).stop();
    // Three writes clear the ground, the fourth is a batch.
    const cutting = cutAt(store, 3, 'after');
    const cut = readerOf(log.store, sourceOf(cutting.store, [newerHoldings, loans]));
    await cut.start();
    await expect(cut.failed).rejects.toThrow('the power is off');
    await cut.stop();
    log.begun.length = 0;
    const reader = await startedReader(log.store, sourceOf(store, [newerHoldings, loans]));
    expect(log.begun).toContain(half);
    expect(log.begun).not.toContain(undefined);
    expect(await reader.models.find(newerHoldings, 'jar-a')).toMatchObject({ coins: [1, 2, 3, 4] });
    await reader.stop();
  });

  it('that was read from another log is read again', async () => {
    const store = memoryReadStore();
    const [one, other] = [emptyLog(), { ...emptyLog(), id: 'another' }];
    await write(one, [1, 2]);
    // The event at the checkpoint is in both.
    await write(other, [3, 2, 5]);
    await (await startedReader(one, sourceOf(store, [holdings]))).stop();
    const reader = await startedReader(other, sourceOf(store, [holdings]));
    expect(await reader.models.find(holdings, 'jar-a')).toMatchObject({ coins: [3, 2, 5] });
    await reader.stop();
  });

  it.each([
    ['shorter', [1]],
    ['another from there', [1, 7, 8]],
  ])('that saw what a restored log has lost is read again: %s', async (_, coins) => {
    const store = memoryReadStore();
    const lost = emptyLog();
    await write(lost, [1, 2, 3]);
    await (await startedReader(lost, sourceOf(store, [holdings]))).stop();
    const restored = { ...emptyLog(), id: lost.id };
    await write(restored, coins);
    const reader = await startedReader(restored, sourceOf(store, [holdings]));
    expect(await reader.models.find(holdings, 'jar-a')).toMatchObject({ coins });
    await reader.stop();
  });
});

describe('a runner', () => {
  it('says so when it fails, and goes no further', async () => {
    const log = emptyLog();
    const store = memoryReadStore();
    const failures: unknown[] = [];
    const runner = new ProjectionRunner(log, [sourceOf(store, [holdings])], (error) =>
      failures.push(error),
    );
    await runner.start();
    await store.close();
    await write(log, [1]);
    await settled();
    expect(failures).toMatchObject([{ message: 'the read store is closed' }]);
    await runner.stop();
    expect(failures).toHaveLength(1);
  });

  it('says nothing of what fails because it stops', async () => {
    const log = emptyLog();
    const readStore = memoryReadStore();
    const { store, shut, open } = watched(readStore);
    shut();
    const failures: unknown[] = [];
    const runner = new ProjectionRunner(log, [sourceOf(store, [holdings])], (error) =>
      failures.push(error),
    );
    await runner.start();
    await write(log, [1]);
    await settled();
    const stopped = runner.stop();
    await readStore.close();
    open();
    await stopped;
    expect(failures).toEqual([]);
  });

  it('that stops keeps nobody waiting for what it will not read', async () => {
    const log = emptyLog();
    await write(log, [1]);
    const reader = readerOf(log, sourceOf(cutAt(memoryReadStore(), 1, 'before').store, [holdings]));
    await reader.start();
    const waiting = reader.runner.untilServingAll();
    await expect(reader.failed).rejects.toThrow('the power is off');
    await reader.stop();
    await waiting;
    expect(reader.runner.isServingAll).toBe(false);
  });

  it('without projections has nothing to read, and stops', async () => {
    const log = subscribed(emptyLog());
    const reader = readerOf(log.store, sourceOf(memoryReadStore(), []));
    await reader.start();
    await reader.runner.untilServingAll();
    expect(await reader.runner.rebuild()).toEqual([]);
    await reader.stop();
    expect(log.begun).toEqual([]);
  });
});
