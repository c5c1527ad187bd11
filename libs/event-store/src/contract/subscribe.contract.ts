import { type EventStore, type NewEvent, StoreUnavailable } from '../port.js';
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

export const subscribeContract = (store: () => EventStore) => {
  const append = (stream: string, ...appended: NewEvent[]) =>
    store().append(stream, appended, 'any');

  const writers = (count: number, each: number) =>
    Promise.all(
      range(count).map(async (writer) => {
        for (const n of range(each)) await append(`w-${writer}`, anEvent(`${writer}:${n}`));
      }),
    );

  describe('subscribe', () => {
    it('tells at once that an empty log has nothing, then what comes', async () => {
      const subscription = store().subscribe()[Symbol.asyncIterator]();
      const nothing = { events: [], position: undefined, live: true };
      expect((await subscription.next()).value).toEqual(nothing);
      const next = subscription.next();
      const { position } = await append('a-1', anEvent(0));
      const { value } = await next;
      expect(value).toMatchObject({ position, live: true });
      expect(names(value.events)).toEqual([0]);
    });

    it('gives what is after a position, and not the event at it', async () => {
      await append('a-1', ...events(0, 1));
      const { position: after } = await append('a-1', anEvent(2));
      await append('b-1', ...events(3, 4));
      const { seen } = await follow(store().subscribe({ after }), caughtUp);
      expect(names(seen)).toEqual([3, 4]);
    });

    it('from the last position tells that nothing is there', async () => {
      const { position } = await append('a-1', anEvent(0));
      const { batches } = await follow(store().subscribe({ after: position }), caughtUp);
      expect(batches).toEqual([{ events: [], position, live: true }]);
    });

    it('is live only in the batch that reaches the end', async () => {
      await append('a-1', ...events(0, 1, 2, 3, 4));
      const { batches } = await follow(store().subscribe({ batchSize: 2 }), caughtUp);
      expect(batches.map((batch) => names(batch.events))).toEqual([[0, 1], [2, 3], [4]]);
      expect(batches.map(({ live }) => live)).toEqual([false, false, true]);
      expect(batches.at(-1)?.position).toBe(await store().head());
    });

    it('goes from catching up to live under 64 writers without gap or repeat', async () => {
      await writers(64, 4);
      const total = 64 * 12;
      const enough = (_: unknown, seen: unknown[]) => seen.length >= total;
      const early = follow(store().subscribe({ batchSize: 50 }), enough);
      const writing = writers(64, 8);
      await append('z-1', anEvent('marks a place in the middle'));
      const late = follow(store().subscribe({ batchSize: 7 }), enough);
      await writing;
      const log = await collect(store().readAll());
      expect((await early).seen).toEqual(log.slice(0, (await early).seen.length));
      expect((await late).seen).toEqual(log.slice(0, (await late).seen.length));
    });

    it('waits for a slow consumer, and reads on from where it was', async () => {
      await append('a-1', ...events(0, 1, 2));
      const subscription = store().subscribe({ batchSize: 2 })[Symbol.asyncIterator]();
      const first = await subscription.next();
      expect(names(first.value.events)).toEqual([0, 1]);
      await append('a-1', anEvent(3));
      // One that others write to may have read further than it has told.
      const rest = { [Symbol.asyncIterator]: () => subscription };
      const { seen } = await follow(rest, (_, all) => all.length >= 2);
      expect(names(seen)).toEqual([2, 3]);
    });

    it('tells of progress when its filter leaves everything out', async () => {
      await append('a-1', ...events(0, 1, 2));
      const options = { filter: { types: ['test.Never'] }, batchSize: 2 };
      const subscription = store().subscribe(options)[Symbol.asyncIterator]();
      let { value } = await subscription.next();
      while (!value.live) ({ value } = await subscription.next());
      expect(value).toEqual({ events: [], position: await store().head(), live: true });
      const next = subscription.next();
      const { position } = await append('a-1', anEvent(3));
      expect((await next).value).toEqual({ events: [], position, live: true });
    });

    it('ends when its signal aborts, waiting or not', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const waiting = store().subscribe({ signal })[Symbol.asyncIterator]();
      const reading = store().subscribe({ signal })[Symbol.asyncIterator]();
      await waiting.next();
      await reading.next();
      const next = waiting.next();
      await append('a-1', anEvent(0));
      await next;
      const last = waiting.next();
      controller.abort();
      expect(await last).toMatchObject({ done: true });
      expect(await reading.next()).toMatchObject({ done: true });
      const aborted = store().subscribe({ signal })[Symbol.asyncIterator]();
      expect(await aborted.next()).toMatchObject({ done: true });
    });
  });

  describe('close', () => {
    it('finishes what was accepted and refuses what comes later', async () => {
      const accepted = range(10).map((n) => append('a-1', anEvent(n)));
      const closing = store().close();
      await expect(append('a-1', anEvent('late'))).rejects.toThrow(StoreUnavailable);
      await closing;
      const revisions = (await Promise.all(accepted)).map(({ revision }) => revision);
      expect(revisions).toEqual(range(10));
    });

    it('ends subscriptions', async () => {
      await append('a-1', anEvent(0));
      const subscription = store().subscribe()[Symbol.asyncIterator]();
      await subscription.next();
      const next = subscription.next();
      await store().close();
      expect(await next).toMatchObject({ done: true });
    });

    it('refuses reads, also those that are under way', async () => {
      await append('a-1', ...range(1500).map((n) => anEvent(n)));
      const reading = store().readAll()[Symbol.asyncIterator]();
      await reading.next();
      await store().close();
      await expect(reading.next()).rejects.toThrow(StoreUnavailable);
      await expect(namesOf(store().readAll())).rejects.toThrow(StoreUnavailable);
      await expect(namesOf(store().readStream('a-1'))).rejects.toThrow(StoreUnavailable);
      await expect(follow(store().subscribe(), caughtUp)).rejects.toThrow(StoreUnavailable);
      await expect(store().head()).rejects.toThrow(StoreUnavailable);
    });

    it('may be asked for twice', async () => {
      await Promise.all([store().close(), store().close()]);
      await store().close();
    });
  });
};
