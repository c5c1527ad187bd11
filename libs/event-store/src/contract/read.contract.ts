import type { EventStore, Expected, NewEvent } from '../port.js';
import {
  anEvent,
  caughtUp,
  collect,
  events,
  follow,
  names,
  namesOf,
  range,
} from './samples.contract.js';

export const readContract = (store: () => EventStore) => {
  const append = (stream: string, expected: Expected, ...appended: NewEvent[]) =>
    store().append(stream, appended, expected);

  describe('readStream', () => {
    it('gives nothing for a stream that does not exist, in both directions', async () => {
      await append('a-1', 'none', anEvent(0));
      for (const stream of ['a-', 'a-0', 'a-11', 'b']) {
        expect(await collect(store().readStream(stream))).toEqual([]);
        expect(await collect(store().readStream(stream, { direction: 'backwards' }))).toEqual([]);
      }
    });

    it.each([
      [{}, [0, 1, 2, 3, 4]],
      [{ from: 2 }, [2, 3, 4]],
      [{ from: 1, limit: 2 }, [1, 2]],
      [{ limit: 0 }, []],
      [{ from: 5 }, []],
      [{ direction: 'backwards' }, [4, 3, 2, 1, 0]],
      [{ direction: 'backwards', from: 2 }, [2, 1, 0]],
      [{ direction: 'backwards', limit: 2 }, [4, 3]],
      [{ direction: 'backwards', from: 9, limit: 1 }, [4]],
      [{ direction: 'backwards', from: 0 }, [0]],
    ] as const)('%j of five events gives %j', async (options, expected) => {
      await append('a-0', 'none', anEvent('before'));
      await append('a-1', 'none', ...events(0, 1, 2, 3, 4));
      await append('a-2', 'none', anEvent('after'));
      expect(await namesOf(store().readStream('a-1', options))).toEqual(expected);
    });

    it('reads a long stream in batches', async () => {
      await append('a-1', 'none', ...range(2500).map((n) => anEvent(n)));
      const sizes: number[] = [];
      for await (const batch of store().readStream('a-1')) sizes.push(batch.length);
      expect(sizes.length).toBeGreaterThan(1);
      expect(await namesOf(store().readStream('a-1'))).toEqual(range(2500));
      const backwards = await namesOf(store().readStream('a-1', { direction: 'backwards' }));
      expect(backwards).toEqual(range(2500).reverse());
    });
  });

  describe('readAll', () => {
    const fill = async () => {
      await append('a-1', 'none', anEvent(0, 'test.Opened'), anEvent(1, 'test.Paid'));
      await append('b-1', 'none', anEvent(2, 'test.Opened'));
      await append('a', 'none', anEvent(3, 'test.Closed'));
      await append('ab-1', 'none', anEvent(4, 'test.Paid'));
      return (await collect(store().readAll())).map(({ position }) => position);
    };

    it('gives nothing when the log is empty', async () => {
      expect(await collect(store().readAll())).toEqual([]);
      expect(await collect(store().readAll({ direction: 'backwards' }))).toEqual([]);
      expect(await store().head()).toBeUndefined();
    });

    it('reads from a position on, both ways, up to a limit', async () => {
      const positions = await fill();
      const from = positions[2] ?? 0n;
      expect(await namesOf(store().readAll({ from }))).toEqual([2, 3, 4]);
      expect(await namesOf(store().readAll({ from: from + 1n }))).toEqual([3, 4]);
      expect(await namesOf(store().readAll({ from, limit: 2 }))).toEqual([2, 3]);
      expect(await namesOf(store().readAll({ limit: 0 }))).toEqual([]);
      expect(await namesOf(store().readAll({ from: (positions[4] ?? 0n) + 1n }))).toEqual([]);
      const direction = 'backwards';
      expect(await namesOf(store().readAll({ direction }))).toEqual([4, 3, 2, 1, 0]);
      expect(await namesOf(store().readAll({ direction, from }))).toEqual([2, 1, 0]);
      expect(await namesOf(store().readAll({ direction, from: from - 1n }))).toEqual([1, 0]);
      expect(await namesOf(store().readAll({ direction, from, limit: 1 }))).toEqual([2]);
      expect(await namesOf(store().readAll({ direction, from: 10n ** 15n, limit: 1 }))).toEqual([
        4,
      ]);
    });

    it.each([
      [{ categories: ['a'] }, [0, 1, 3]],
      [{ types: ['test.Opened'] }, [0, 2]],
      [{ categories: ['b'], types: ['test.Paid'] }, [1, 2, 4]],
      [{ categories: ['c'] }, []],
      [{}, []],
    ])('lets %j through', async (filter, expected) => {
      await fill();
      expect(await namesOf(store().readAll({ filter }))).toEqual(expected);
      const backwards = store().readAll({ filter, direction: 'backwards', limit: 2 });
      expect(await namesOf(backwards)).toEqual([...expected].reverse().slice(0, 2));
      expect(names((await follow(store().subscribe({ filter }), caughtUp)).seen)).toEqual(expected);
    });
  });
};
