import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantAt, type Metadata, uuidOf } from '#lumbung/kernel';
import { anEvent, collect, events, names, range } from './contract/samples.contract.js';
import { type Copied, copyClock, copyLog, NotACopy, RevisionsLost } from './copy.js';
import { compactLog, openLogEventStore, openLogReader } from './log/index.js';
import { memoryEventStore } from './memory/index.js';
import { type EventStore, type NewEvent, RawPayload, type Stored } from './port.js';
import { METADATA, metadataStream } from './retention.js';

const random = { bytes: randomBytes };
const mayForget = () => true;

/** Each look at it is a second later. */
const ticking = () => {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => {
      now += 1000;
      return instantAt(now);
    },
    elapsed_ms: () => 0,
  };
};

const aStore = (clock = ticking()) => memoryEventStore({ random, clock, mayForget });

const metadataOf = (data: object): NewEvent => ({
  ...anEvent(JSON.stringify(data), METADATA),
  ...{ version: 0, data, metadata: {} as Metadata },
});

/** Streams in turn, with metadata, a deletion, a new beginning, and an end. */
const fill = async (store: EventStore) => {
  for (const n of range(6)) {
    await store.append('a-1', events(`a${n}`, `b${n}`), 'any');
    await store.append(`b-${n % 2}`, events(`c${n}`), 'any');
  }
  const raw = new RawPayload(Buffer.from('{"a":  1}'), true);
  await store.append('c-1', [{ ...anEvent('raw'), version: 0, data: raw }], 'none');
  await store.append(metadataStream('a-1'), [metadataOf({ $maxCount: 7 })], 'any');
  await store.delete('b-1', 2);
  await store.append('b-1', events('again', 'and'), 'none');
  await store.append('b-1', events('more'), 4);
  await store.tombstone('b-0', 2);
  await store.append('a-1', events('last'), 11);
};

const allOf = (store: Pick<EventStore, 'readAll'>) => collect(store.readAll({ system: true }));

const OWN = /^\$(streamDeleted|metadata)$/;

/** All but the position; of what a store writes itself not the id. */
const told = (all: readonly Stored[]) =>
  all.map((event) => {
    const { id, stream, revision, created, type, version, metadata, rawData } = event;
    const data = rawData ? Buffer.from(rawData.bytes).toString() : event.data;
    return [OWN.test(type) || id, stream, revision, created, type, version, data, metadata];
  });

/** The first `count` appends go through, then the connection is cut. */
const cutAfter = (store: EventStore, count: number, exclusive = true): EventStore => {
  let left = count;
  const passing = async <T>(act: () => Promise<T>): Promise<T> => {
    if (left-- <= 0) throw new Error('cut');
    return act();
  };
  return {
    ...store,
    exclusive,
    append: (...append) => passing(() => store.append(...append)),
    delete: (...deletion) => passing(() => store.delete(...deletion)),
    tombstone: (...end) => passing(() => store.tombstone(...end)),
  };
};

describe('a copy', () => {
  let from: EventStore;
  beforeEach(async () => {
    from = aStore();
    await fill(from);
  });

  it('has the order, ids, revisions, times, metadata and ends of the log', async () => {
    const clock = copyClock();
    const to = aStore(clock);
    const progress: number[] = [];
    await copyLog(from, to, (done, of) => progress.push(done / of), clock);
    const before = await allOf(from);
    expect(told(await allOf(to))).toEqual(told(before));
    expect(progress.at(-1)).toBe(1);
    for (const stream of ['a-1', 'b-1']) {
      const its = async (store: EventStore) => names(await collect(store.readStream(stream)));
      expect(await its(to)).toEqual(await its(from));
    }
    await expect(collect(to.readStream('b-0'))).rejects.toThrow('for good');
  });

  it('costs nothing the second time, and says so', async () => {
    const clock = copyClock();
    const to = aStore(clock);
    const first = await copyLog(from, to, undefined, clock);
    const count = (await allOf(from)).length;
    // A store adds what a new beginning needs itself.
    expect(first).toEqual({ found: 0, copied: count - 1, after: undefined });
    const again = await copyLog(from, cutAfter(to, 0), undefined, clock);
    expect(again).toEqual({ found: count - 1, copied: 0, after: await from.head() });
  });

  it.each([true, false])('that was cut off anywhere goes on (alone: %s)', async (exclusive) => {
    const whole = told(await allOf(from));
    for (const count of range(25)) {
      const clock = copyClock();
      const to = aStore(clock);
      const copying = copyLog(from, cutAfter(to, count, exclusive), undefined, clock);
      const cut = await copying.then(
        () => false,
        () => true,
      );
      const had = (await allOf(to)).length;
      const { found } = await copyLog(from, cutAfter(to, 99, exclusive), undefined, clock);
      expect(told(await allOf(to))).toEqual(whole);
      expect(found).toBeGreaterThanOrEqual(Math.min(had, whole.length) - 1);
      if (count < 15) expect(cut).toBe(true);
    }
  });

  it('goes on with what the log got since, also in the middle of a run', async () => {
    const clock = copyClock();
    const to = aStore(clock);
    await copyLog(from, to, undefined, clock);
    await from.append('a-1', events('x', 'y'), 12);
    const { copied } = await copyLog(from, to, undefined, clock);
    expect(copied).toBe(2);
    expect(told(await allOf(to))).toEqual(told(await allOf(from)));
  });

  it('is not made where something else is', async () => {
    const other = aStore();
    await other.append('z-1', events('z'), 'none');
    await expect(copyLog(from, other)).rejects.toThrow(NotACopy);
    const longer = aStore();
    await copyLog(from, longer);
    await longer.append('z-1', events('z'), 'none');
    await expect(copyLog(from, longer)).rejects.toMatchObject({ stream: 'z-1' });
    expect(await collect(other.readAll())).toHaveLength(1);
  });
});

describe('a copy of a log of files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-copy-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const open = (name: string, clock = ticking()) =>
    openLogEventStore({
      ...{ path: join(folder, name), random, clock, mayForget, segmentBytes: 8 << 10 },
    });

  const copied = async (name: string, to: string): Promise<Copied> => {
    const clock = copyClock();
    const [reader, store] = [openLogReader({ path: join(folder, name) }), await open(to, clock)];
    try {
      return await copyLog(reader, store, undefined, clock);
    } finally {
      reader.close();
      await store.close();
    }
  };

  const toldOf = (name: string) => {
    const reader = openLogReader({ path: join(folder, name) });
    return allOf(reader)
      .then(told)
      .finally(() => reader.close());
  };

  it('is the same', async () => {
    const store = await open('from');
    await fill(store);
    for (const n of range(300)) await store.append(`d-${n % 7}`, events(n, `${n}.`), 'any');
    await store.close();
    await copied('from', 'to');
    expect(await toldOf('to')).toEqual(await toldOf('from'));
    expect(await copied('from', 'to')).toMatchObject({ copied: 0 });
  });

  /** Two segments and more, of which the first is then written anew. */
  const compacted = async (name: string, letGo: (store: EventStore) => Promise<unknown>) => {
    const store = await open(name);
    for (const n of range(60)) {
      await store.append('a-1', events(`${name} ${n}`), 'any');
      await store.append('b-1', events(`${name} ${n}.`), 'any');
    }
    await letGo(store);
    for (const n of range(60)) await store.append('b-1', events(`${name} last ${n}`), 'any');
    await store.close();
    expect(compactLog({ path: join(folder, name), clock: ticking() })).toBeGreaterThan(0);
  };

  it('is refused when a stream has lost its beginning, before anything is written', async () => {
    await compacted('cut', (store) =>
      store.append(metadataStream('a-1'), [metadataOf({ $maxCount: 2 })], 'any'),
    );
    await expect(copied('cut', 'none')).rejects.toEqual(new RevisionsLost(['a-1']));
    expect(await toldOf('none').catch(() => [])).toEqual([]);
  });

  it('has of a stream that was ended and lost its beginning the end', async () => {
    await compacted('ended', (store) => store.tombstone('a-1', 59));
    await copied('ended', 'ending');
    const store = await open('ending');
    await expect(collect(store.readStream('a-1'))).rejects.toThrow('for good');
    expect(await collect(store.readStream('b-1'))).toHaveLength(120);
    const [first] = await collect(store.readAll({ limit: 1 }));
    expect(first?.id).toBe(uuidOf('contract', 'ended 0.'));
    await store.close();
  });
});
