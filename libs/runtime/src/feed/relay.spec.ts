import { StoreUnavailable } from '#lumbung/event-store';
import { FEED_START, type FeedEntry, follows } from '#lumbung/kernel';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { CoinsLent, emptyLog, inSmallBatches, write } from '../testing/coin-log.js';
import { CoinsPut } from '../testing/jar.js';
import { failing } from '../testing/stores.js';
import { telling } from '../testing/telling.js';

const isWhole = (entries: readonly FeedEntry[]) =>
  entries.every((entry, at) => follows(entry, entries[at - 1] ?? FEED_START));

describe('the relay', () => {
  it('tells the public events of a log, once and in order, and goes on where it was', async () => {
    const { store, relayOver, coins, run, entries } = telling();
    await write(store, [1, 0, 2]);
    await run(relayOver());
    expect(await coins()).toEqual([1, 2]);
    await write(store, [3]);
    await run(relayOver());
    expect(await coins()).toEqual([1, 2, 3]);
    expect(isWhole(await entries())).toBe(true);
  });

  it('tells nothing twice when its place was lost, and nothing when all was told', async () => {
    const { store, relayOver, coins, run } = telling();
    await write(store, [1, 2]);
    await run(relayOver());
    await run(relayOver(store, memoryReadStore()));
    expect(await coins()).toEqual([1, 2]);
    await write(store, [3]);
    await run(relayOver(inSmallBatches(store, 1), memoryReadStore()));
    expect(await coins()).toEqual([1, 2, 3]);
  });

  it('tells nothing twice when it could not keep its place', async () => {
    const { store, relayOver, coins, run } = telling();
    await write(store, [1]);
    const readStore = memoryReadStore();
    await run(relayOver(store, readStore));
    await write(store, [2]);
    // As when a process ends between the two.
    await run(relayOver(store, { ...readStore, put: async () => undefined }));
    await write(store, [3]);
    await run(relayOver(store, readStore));
    expect(await coins()).toEqual([1, 2, 3]);
  });

  it('tells each once when two run, whoever is first', async () => {
    const { store, relayOver, coins, run, entries } = telling();
    await write(store, [1, 2, 3]);
    const relays = [1, 2, 3].map((size) => relayOver(inSmallBatches(store, size)));
    const more = write(store, [4, 5, 6, 7, 8]);
    await Promise.all([run(...relays), more]);
    expect(await coins()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(isWhole(await entries())).toBe(true);
  });

  it.each(['before', 'after'] as const)(
    'tells each once when an append fails %s it took hold',
    async (when) => {
      const log = emptyLog();
      const { store, plan } = failing(log);
      const { relayOver, coins, run, failures } = telling(log);
      await write(log, [1, 2]);
      await run(relayOver());
      await write(log, [3, 4, 5]);
      plan.push('well', when, when);
      await run(relayOver(inSmallBatches(store, 1)));
      expect(await coins()).toEqual([1, 2, 3, 4, 5]);
      expect(failures).toEqual([]);
    },
  );

  it('waits for a log that cannot be read after it could not be written', async () => {
    const log = emptyLog();
    const { store, plan } = failing(log);
    let isDown = false;
    const cut = {
      ...inSmallBatches(store, 1),
      readStream: (...asked: Parameters<typeof log.readStream>) => {
        if (isDown) {
          isDown = false;
          throw new StoreUnavailable('the connection broke');
        }
        return log.readStream(...asked);
      },
    };
    const { relayOver, coins, run, failures } = telling(log);
    const relay = relayOver(cut);
    plan.push('before');
    const down = write(log, [1, 2]).then(() => {
      isDown = true;
    });
    await Promise.all([run(relay), down]);
    expect(await coins()).toEqual([1, 2]);
    expect(failures).toEqual([]);
  });

  it('parks before an event that its code does not know: newer code may tell it', async () => {
    const { store, relayOver, coins, run } = telling();
    await write(store, [1]);
    await write(store, [2], {}, CoinsLent);
    await write(store, [3]);
    const relay = relayOver();
    await run(relay);
    expect(await coins()).toEqual([1]);
    expect(relay.parked).toMatchObject({ type: CoinsLent.type });
  });

  it('parks before an event newer than its code: nothing is told out of order', async () => {
    const { store, relayOver, coins, run, failures } = telling();
    await write(store, [1]);
    await write(store, [2], { version: 2 });
    await write(store, [3]);
    const relay = relayOver();
    await run(relay);
    expect(await coins()).toEqual([1]);
    expect(relay.parked).toMatchObject({ type: CoinsPut.type, version: 2 });
    expect(failures).toEqual([]);
  });
});
