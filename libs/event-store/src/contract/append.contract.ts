import type { Recorded } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { type EventStore, type Expected, type NewEvent, WrongExpectedRevision } from '../port.js';
import {
  anEvent,
  caughtUp,
  collect,
  events,
  follow,
  namesOf,
  plain,
  range,
} from './samples.contract.js';

const isRefused = async (append: Promise<unknown>, expected: Expected, actual: number | 'none') => {
  const error = await append.catch((reason) => reason);
  expect(error).toBeInstanceOf(WrongExpectedRevision);
  expect(error).toMatchObject({ expected, actual });
};

export const appendContract = (store: () => EventStore) => {
  const append = (stream: string, expected: Expected, ...appended: NewEvent[]) =>
    store().append(stream, appended, expected);
  const revisions = async (stream: string) =>
    (await collect(store().readStream(stream))).map(({ revision }) => revision);

  describe('append', () => {
    it('numbers the events of a stream from 0, and tells where the last one lies', async () => {
      const first = await append('a-1', 'none', anEvent(0));
      const second = await append('a-1', 0, ...events(1, 2));
      expect(first.revision).toBe(0);
      expect(second.revision).toBe(2);
      expect(second.position).toBe(await store().head());
      expect(await revisions('a-1')).toEqual([0, 1, 2]);
    });

    it('gives back what was appended, at its place', async () => {
      const event = anEvent('x');
      const { position } = await append('a-1', 'none', event);
      const expected = { ...event, stream: 'a-1', revision: 0, position };
      const { seen } = await follow(store().subscribe(), caughtUp);
      const read = [
        await collect(store().readStream('a-1')),
        await collect(store().readAll()),
        seen,
      ];
      expect(read.map((all) => all.map(plain))).toEqual([[expected], [expected], [expected]]);
    });

    it('knows when an event was stored, and that never runs backwards', async () => {
      const before_ms = Date.now() - 60_000;
      await append('a-1', 'none', anEvent(0));
      await append('b-1', 'none', anEvent(1));
      const [first = 0, second = 0] = (await collect(store().readAll())).map((e) => e.created);
      expect(first).toBeGreaterThan(before_ms);
      expect(second).toBeGreaterThanOrEqual(first);
    });

    it('gives increasing positions that are never contiguous, across streams', async () => {
      await append('a-1', 'none', ...events(0, 1));
      await append('b-1', 'none', ...events(2, 3));
      const positions = (await collect(store().readAll())).map(({ position }) => position);
      const steps = positions
        .slice(1)
        .map((position, index) => position - (positions[index] ?? 0n));
      expect(steps.every((step) => step > 1n)).toBe(true);
    });

    it('takes unicode stream names and payloads as they are', async () => {
      const stream = `koperasi-ꦏꦺꦴꦥꦺꦫꦱꦶ ${'панен'.repeat(20)} 🌾`;
      const texts = ['', '\u0000', 'ꦥꦢꦶ', '😀'.repeat(40), 'é'.repeat(70_000)];
      const data = { '': texts, 'kunci.🌾': texts };
      await append(stream, 'none', { ...anEvent(0), data });
      const [event] = await collect(store().readStream(stream));
      expect(event).toMatchObject({ stream, data });
    });

    it('keeps every JSON value, and objects whose keys are data', async () => {
      const data = {
        numbers: [0, -1, 0.1, 2 ** 53 - 1, -(2 ** 53 - 1), 1e300],
        nothing: null,
        flags: [true, false],
        nested: { list: [[], {}, [{}]] },
        byAccount: Object.fromEntries(range(300).map((n) => [1000 + n, n])),
      };
      await append('a-1', 'none', { ...anEvent(0), data });
      const [event] = await collect(store().readStream('a-1'));
      expect(event?.data).toStrictEqual(data);
    });

    it('is not reached by later changes, of what was appended or of what was read', async () => {
      const event = { ...anEvent(0), data: { list: [1] } };
      await append('a-1', 'none', event);
      event.data.list.push(2);
      const [read] = await collect(store().readStream('a-1'));
      (read as Recorded<typeof event>).data.list.push(3);
      const [again] = await collect(store().readStream('a-1'));
      expect(again?.data).toEqual({ list: [1] });
    });

    it.each([
      ['a date', new Date(0)],
      ['a bigint', 1n],
      ['undefined', undefined],
      ['NaN', Number.NaN],
      ['a map', new Map()],
      ['a function', () => 1],
    ])('refuses %s in a payload, and writes nothing of the append', async (_, value) => {
      const bad = { ...anEvent(1), data: { deep: [{ value }] } };
      await expect(append('a-1', 'none', anEvent(0), bad)).rejects.toThrow(TypeError);
      const worse = { ...anEvent(1), metadata: { ...TEST_METADATA, value } as never };
      await expect(append('a-1', 'none', anEvent(0), worse)).rejects.toThrow(TypeError);
      expect(await store().head()).toBeUndefined();
      expect(await collect(store().readStream('a-1'))).toEqual([]);
    });

    it('refuses to append nothing, and names, ids and revisions that are none', async () => {
      await expect(append('a-1', 'any')).rejects.toThrow(TypeError);
      for (const stream of ['', 'a-\n', 'a-\u0000', 'a-\ud800', 'a'.repeat(201)]) {
        await expect(append(stream, 'any', anEvent(0))).rejects.toThrow(TypeError);
      }
      const wrong = [{ id: 'X' }, { type: '' }, { type: '$own' }, { version: 0.5 }];
      for (const part of wrong) {
        const event = { ...anEvent(0), ...part };
        await expect(append('a-1', 'any', event)).rejects.toThrow(TypeError);
      }
      for (const expected of [-1, 0.5, Number.NaN]) {
        await expect(append('a-1', expected, anEvent(0))).rejects.toThrow(TypeError);
      }
      expect(await store().head()).toBeUndefined();
    });
  });

  describe('expected revision', () => {
    it('of a stream that does not exist: none and any are right', async () => {
      await isRefused(append('a-1', 0, anEvent(0)), 0, 'none');
      await isRefused(append('a-1', 'exists', anEvent(0)), 'exists', 'none');
      await append('a-1', 'none', anEvent(0));
      await append('a-2', 'any', anEvent(1));
      expect(await namesOf(store().readAll())).toEqual([0, 1]);
    });

    it('of a stream that exists: its last revision, exists and any are right', async () => {
      await append('a-1', 'none', ...events(0, 1));
      await isRefused(append('a-1', 'none', anEvent(9)), 'none', 1);
      await isRefused(append('a-1', 0, anEvent(9)), 0, 1);
      await isRefused(append('a-1', 2, anEvent(9)), 2, 1);
      await append('a-1', 1, anEvent(2));
      await append('a-1', 'exists', anEvent(3));
      await append('a-1', 'any', anEvent(4));
      expect(await namesOf(store().readStream('a-1'))).toEqual([0, 1, 2, 3, 4]);
    });

    it('writes nothing of an append that it refuses', async () => {
      await append('a-1', 'none', anEvent(0));
      const head = await store().head();
      await isRefused(append('a-1', 3, ...events(1, 2)), 3, 0);
      expect(await store().head()).toBe(head);
    });

    it('lets one of many concurrent writers win', async () => {
      await append('a-1', 'none', anEvent('first'));
      const results = await Promise.allSettled(
        range(20).map((writer) => append('a-1', 0, anEvent(writer), anEvent(`${writer}b`))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const winner = results.findIndex(({ status }) => status === 'fulfilled');
      expect(await namesOf(store().readStream('a-1'))).toEqual(['first', winner, `${winner}b`]);
    });
  });

  describe('a retry', () => {
    it('at an exact revision is answered as the first time, also later', async () => {
      const first = await append('a-1', 'none', ...events(0, 1));
      const second = await append('a-1', 1, anEvent(2));
      await append('a-1', 2, anEvent(3));
      await append('b-1', 'none', anEvent(4));
      expect(await append('a-1', 'none', ...events(0, 1))).toEqual(first);
      expect(await append('a-1', 1, anEvent(2))).toEqual(second);
      expect(await namesOf(store().readAll())).toEqual([0, 1, 2, 3, 4]);
    });

    it('while the first is still under way is answered alike', async () => {
      const answers = await Promise.all(range(5).map(() => append('a-1', 'none', ...events(0, 1))));
      expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
      expect(await namesOf(store().readAll())).toEqual([0, 1]);
    });

    it.each([
      ['another id', ['x', 1]],
      ['a partly matching batch', [0, 'x']],
      ['more than was written', [0, 1, 2, 3]],
      ['another order', [1, 0]],
    ])('with %s is refused', async (_, ids) => {
      await append('a-1', 'none', ...events(0, 1, 2));
      await isRefused(append('a-1', 'none', ...events(...ids)), 'none', 2);
      expect(await namesOf(store().readStream('a-1'))).toEqual([0, 1, 2]);
    });

    it('at any or exists is never recognised, nor an id of another stream', async () => {
      await append('a-1', 'none', anEvent(0));
      await append('a-1', 'any', anEvent(0));
      await append('a-1', 'exists', anEvent(0));
      await append('b-1', 'none', anEvent(0));
      expect(await revisions('a-1')).toEqual([0, 1, 2]);
      expect(await revisions('b-1')).toEqual([0]);
    });
  });
};
