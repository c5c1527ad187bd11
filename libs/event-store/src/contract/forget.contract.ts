import { setTimeout } from 'node:timers/promises';
import { type Metadata, uuidOf } from '#lumbung/kernel';
import {
  type EventStore,
  type NewEvent,
  StreamDeleted,
  StreamKept,
  StreamNotFound,
  WrongExpectedRevision,
} from '../port.js';
import { METADATA, metadataStream, type StreamMetadata } from '../retention.js';
import { anEvent, caughtUp, collect, events, follow, namesOf } from './samples.contract.js';

const backwards = { direction: 'backwards' } as const;
const mustExist = { mustExist: true };

const metadataOf = (data: StreamMetadata): NewEvent => ({
  ...anEvent(JSON.stringify(data), METADATA),
  ...{ version: 0, data, metadata: {} as Metadata },
});

/** What a stream lets go: streams of the category `kept` let nothing go. */
export const forgetContract = (store: () => EventStore) => {
  const limit = (stream: string, metadata: StreamMetadata) =>
    store().append(metadataStream(stream), [metadataOf(metadata)], 'any');
  const inStream = (stream: string, options = {}) => namesOf(store().readStream(stream, options));

  describe('metadata', () => {
    beforeEach(async () => {
      await store().append('a-1', events(0, 1, 2, 3, 4), 'none');
    });

    it.each([
      [{ $maxCount: 2 }, [3, 4]],
      [{ $maxCount: 9 }, [0, 1, 2, 3, 4]],
      [{ $tb: 1 }, [1, 2, 3, 4]],
      [{ $tb: 3, $maxCount: 4 }, [3, 4]],
      [{ $tb: 9 }, []],
      [{ $maxAge: 3600 }, [0, 1, 2, 3, 4]],
    ])('%j of five events leaves %j', async (metadata, left) => {
      await limit('a-1', metadata);
      expect(await inStream('a-1', mustExist)).toEqual(left);
      expect(await inStream('a-1', backwards)).toEqual([...left].reverse());
      expect(await inStream('a-1', { from: 0, limit: 1 })).toEqual(left.slice(0, 1));
      expect(await inStream('a-1', { ...backwards, from: 0 })).toEqual(
        left.slice(0, left[0] === 0 ? 1 : 0),
      );
    });

    it('counts anew with each event, and each new metadata count for themselves', async () => {
      await limit('a-1', { $maxCount: 2 });
      await store().append('a-1', events(5), 4);
      expect(await inStream('a-1')).toEqual([4, 5]);
      await limit('a-1', { $maxCount: 4 });
      expect(await inStream('a-1')).toEqual([2, 3, 4, 5]);
    });

    it('lets go what is older than $maxAge', async () => {
      await limit('a-1', { $maxAge: 1 });
      await setTimeout(1_100);
      await store().append('a-1', events(5), 4);
      expect(await inStream('a-1')).toEqual([5]);
    });

    it('are a stream of their own, which the log shows to whoever asks', async () => {
      await limit('a-1', { $maxCount: 2 });
      const [{ data, revision } = {}] = await collect(
        store().readStream('$$a-1', { ...backwards, limit: 1 }),
      );
      expect({ data, revision }).toEqual({ data: { $maxCount: 2 }, revision: 0 });
      expect(await namesOf(store().readAll())).toEqual([0, 1, 2, 3, 4]);
      const { seen } = await follow(store().subscribe(), caughtUp);
      expect(seen).toHaveLength(5);
      const all = await collect(store().readAll({ system: true }));
      expect(all.map(({ stream }) => stream)).toContain('$$a-1');
    });

    it('are refused where they say nothing that can be done', async () => {
      for (const wrong of [{ $maxCount: 0 }, { $maxAge: 0.5 }, { $tb: -1 }, { $tb: '1' }]) {
        await expect(limit('a-1', wrong as StreamMetadata)).rejects.toThrow(TypeError);
      }
      for (const stream of ['$$', '$settings']) {
        await expect(store().append(stream, [metadataOf({})], 'any')).rejects.toThrow(TypeError);
      }
      await expect(store().append('$$a-1', events(0), 'any')).rejects.toThrow(TypeError);
      await expect(store().append('a-1', [metadataOf({})], 'any')).rejects.toThrow(TypeError);
    });
  });

  describe('delete', () => {
    it('empties a stream, whose numbers go on', async () => {
      await store().append('a-1', events(0, 1), 'none');
      await store().delete('a-1', 1);
      expect(await inStream('a-1')).toEqual([]);
      expect(await inStream('a-1', backwards)).toEqual([]);
      await expect(inStream('a-1', mustExist)).rejects.toThrow(StreamNotFound);
      await expect(store().append('a-1', events(2), 'exists')).rejects.toThrow(
        WrongExpectedRevision,
      );
      expect((await store().append('a-1', events(2, 3), 'none')).revision).toBe(3);
      expect(await inStream('a-1', mustExist)).toEqual([2, 3]);
      expect(await inStream('a-1', { ...backwards, limit: 3 })).toEqual([3, 2]);
      expect((await store().append('a-1', events(4), 3)).revision).toBe(4);
    });

    it.each(['any', 1] as const)('lets a stream begin again at %j', async (expected) => {
      await store().append('a-1', events(0, 1), 'none');
      await store().delete('a-1', 'any');
      expect((await store().append('a-1', events(2), expected)).revision).toBe(2);
      expect(await inStream('a-1')).toEqual([2]);
    });

    it('answers a retry of the first append after it', async () => {
      await store().append('a-1', events(0, 1), 'none');
      await store().delete('a-1', 'exists');
      const first = await store().append('a-1', events(2, 3), 'none');
      expect(await store().append('a-1', events(2, 3), 'none')).toEqual(first);
      expect(await inStream('a-1')).toEqual([2, 3]);
    });

    it('is refused where the stream is elsewhere, and changes nothing', async () => {
      await store().append('a-1', events(0, 1), 'none');
      await expect(store().delete('a-1', 0)).rejects.toThrow(WrongExpectedRevision);
      await expect(store().delete('a-1', 'none')).rejects.toThrow(WrongExpectedRevision);
      await expect(store().delete('a-2', 'exists')).rejects.toThrow(WrongExpectedRevision);
      await expect(store().delete('a-1', -1)).rejects.toThrow(TypeError);
      expect(await inStream('a-1')).toEqual([0, 1]);
    });
  });

  describe('tombstone', () => {
    it('ends a stream for good, and no other', async () => {
      await store().append('a-1', events(0, 1), 'none');
      await store().append('a-2', events(2), 'none');
      await store().tombstone('a-1', 1);
      await expect(inStream('a-1')).rejects.toThrow(StreamDeleted);
      await expect(store().append('a-1', events(3), 'any')).rejects.toThrow(StreamDeleted);
      await expect(store().delete('a-1', 'any')).rejects.toThrow(StreamDeleted);
      await expect(store().tombstone('a-1', 'any')).rejects.toThrow(StreamDeleted);
      expect(await inStream('a-2')).toEqual([2]);
      await store().append('a-2', events(3), 0);
    });

    it('is refused where the stream is elsewhere', async () => {
      await store().append('a-1', events(0, 1), 'none');
      await expect(store().tombstone('a-1', 0)).rejects.toThrow(WrongExpectedRevision);
      expect(await inStream('a-1')).toEqual([0, 1]);
    });
  });

  it('of a category that is kept for ever nothing is let go', async () => {
    await store().append('kept-1', events(0, 1), 'none');
    await expect(store().delete('kept-1', 'any')).rejects.toThrow(StreamKept);
    await expect(store().tombstone('kept-1', 'any')).rejects.toThrow(StreamKept);
    await expect(limit('kept-1', { $maxCount: 1 })).rejects.toThrow(StreamKept);
    expect(await inStream('kept-1')).toEqual([0, 1]);
  });
};

/** Appends to several streams at once; for engines that can. */
export const atomicContract = (store: () => EventStore) => {
  const together = (...writes: Parameters<NonNullable<EventStore['appendAtomic']>>[0]) =>
    store().appendAtomic?.(writes);

  describe('appendAtomic', () => {
    const first = { stream: 'a-1', events: events(0, 1), expected: 'none' } as const;
    const second = { stream: 'b-1', events: events(2), expected: 'none' } as const;

    it('writes to all streams, and answers for each', async () => {
      const answers = await together(first, second);
      expect(answers?.map(({ revision }) => revision)).toEqual([1, 0]);
      expect(answers?.[1]?.position).toBe(await store().head());
      expect(await namesOf(store().readAll())).toEqual([0, 1, 2]);
    });

    it('writes nothing when one of them is refused', async () => {
      await store().append('b-1', [anEvent('x')], 'none');
      await expect(together(first, second)).rejects.toMatchObject({ stream: 'b-1' });
      await expect(together(first, { ...second, events: [] })).rejects.toThrow(TypeError);
      await expect(together(first, first)).rejects.toThrow(TypeError);
      await expect(together()).rejects.toThrow(TypeError);
      expect(await namesOf(store().readAll())).toEqual(['x']);
    });

    it('answers a retry as the first time, and no part of one', async () => {
      const answers = await together(first, second);
      expect(await together(first, second)).toEqual(answers);
      const other = { ...second, stream: 'c-1', events: [anEvent(uuidOf('other'))] };
      await expect(together(first, other)).rejects.toThrow(WrongExpectedRevision);
      expect(await namesOf(store().readAll())).toEqual([0, 1, 2]);
    });
  });
};
