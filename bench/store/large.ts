import { setTimeout } from 'node:timers/promises';
import type { EventStore } from '#lumbung/event-store';
import { anEvent, look, streamName } from './events.js';
import { openLog, seenStream } from './log.js';

/** Streams that grow beside each other, so that none has two events in a row in the log. */
const ABREAST = 10_000;

export type Filling = {
  path: string;
  /** The number of the first new stream. */
  from: number;
  streams: number;
  eventsEach: number;
  closes: boolean;
};

const append = async (store: EventStore, filling: Filling, first: number) => {
  const { from, streams, eventsEach } = filling;
  const last = Math.min(first + ABREAST, streams);
  for (let revision = 0; revision < eventsEach; revision++) {
    const appends: Promise<unknown>[] = [];
    for (let stream = first; stream < last; stream++) {
      const expected = revision === 0 ? 'none' : revision - 1;
      appends.push(store.append(streamName(from + stream), [anEvent(revision)], expected));
    }
    await Promise.all(appends);
  }
};

/** Writes new streams without waiting for the disk. */
export const fill = async (filling: Filling): Promise<void> => {
  const store = await openLog(filling.path, 'none');
  for (let first = 0; first < filling.streams; first += ABREAST) {
    await append(store, filling, first);
  }
  if (filling.closes) await store.close();
};

export type Weight = { opened_ms: number; rss: number; arrayBuffers: number; heap: number };

const memory = async () => {
  // A second time for what the first only let go.
  for (let time = 0; time < 2; time++) {
    globalThis.gc?.();
    await setTimeout(50);
  }
  const { rss, arrayBuffers, heapUsed } = process.memoryUsage();
  return { rss, arrayBuffers, heap: heapUsed };
};

/** What opening a log takes, and the bytes that it holds then with one stream read; closes it. */
export const weigh = async ({ path, stream }: { path: string; stream: string }) => {
  const before = await memory();
  const started = performance.now();
  const store = await openLog(path);
  await store.head();
  const opened_ms = performance.now() - started;
  if (look(await seenStream(store, stream)) === 0) throw new Error(`${stream} is empty`);
  const after = await memory();
  await store.close();
  const weight: Weight = {
    opened_ms,
    rss: after.rss - before.rss,
    arrayBuffers: after.arrayBuffers - before.arrayBuffers,
    heap: after.heap - before.heap,
  };
  return weight;
};
