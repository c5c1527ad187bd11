import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#lumbung/event-store';
import { openLogEventStore } from '#lumbung/event-store/log';
import { uuidOf } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { nodePlatform } from '#lumbung/runtime';
import { LogReader } from './log-reader.js';
import type { ReplayPlace } from './replay-thread.js';
import { replayed } from './replaying.js';
import { GEDANGSEWU, PARE, posted, type Told } from './testing/log.js';

const EVENTS = 55_000;
const STREAMS = 5;
const execArgv = ['--conditions', 'source', '--import', './test/typescript.js'];

const eventOf = ({ type, data, metadata }: Told, n: number) => ({
  ...{ id: uuidOf('replaying', n), type, version: 1, data },
  metadata: { ...TEST_METADATA, ...metadata },
});

const journal = (n: number): Told =>
  posted(n, {
    amount: n,
    metadata: { cooperative: n % 2 === 0 ? PARE : GEDANGSEWU } as never,
  });

describe('a replay of a long log', () => {
  let folder: string;
  let log: EventStore;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-replaying-'));
    const threads = { workers: 2, execArgv };
    log = await openLogEventStore({ path: join(folder, 'log'), ...nodePlatform, threads });
    const each = EVENTS / STREAMS;
    for (let stream = 0; stream < STREAMS; stream++) {
      const numbers = Array.from({ length: each }, (_, n) => 1 + stream + n * STREAMS);
      const events = numbers.map((n) => eventOf(journal(n), n));
      await log.append(`test-${stream}`, events, 'none');
    }
  });
  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  const replay = (store: EventStore, onPlace: (place: ReplayPlace) => void = () => undefined) =>
    replayed({
      ...{ store, wanted: {}, onPlace, many: 50_000 },
      reader: new LogReader(store, nodePlatform.timers),
    });

  it('comes on threads to what it comes to without them, and tells how far it is', async () => {
    const { fold: _, ...plain } = log;
    const places: ReplayPlace[] = [];
    const onThreads = await replay(log, (place) => places.push(place));
    expect(onThreads).toEqual(await replay(plain));
    expect(onThreads).toMatchObject({ events: EVENTS, journals: EVENTS });
    expect(onThreads.books.map(({ journals }) => journals)).toEqual([EVENTS / 2, EVENTS / 2]);
    const events = places.map((place) => place.events);
    expect(events).toEqual(events.toSorted((a, b) => a - b));
    const told = places.filter(({ position }) => position !== undefined);
    expect(told.length).toBeGreaterThan(1);
    expect(places.at(-1)?.events).toBe(EVENTS);
  });

  it('refuses there too a journal that it cannot read', async () => {
    await log.append('test-9', [eventOf(posted(1, { amount: 0.5 }), 0)], 'none');
    await expect(replay(log)).rejects.toMatchObject({
      code: 'POSTING_UNREADABLE',
      details: { stream: 'test-9', revision: 0 },
    });
  });
});
