// What an append, a stream and a replay cost as the log grows.
import { join } from 'node:path';
import type { EventStore } from '#lumbung/event-store';
import { report, seconds } from './report.js';
import { appender } from './store/appends.js';
import { inChild } from './store/children.js';
import type { Measured } from './store/contest.js';
import { look } from './store/events.js';
import { newFolder, tell } from './store/folder.js';
import { measuredLog, openLog } from './store/log.js';
import { readStreams } from './store/reads.js';

const MILLIONS = [1, 2, 5, 10, 20];
const EVENTS_EACH = 100;
const STREAMS_PER_MILLION = 1_000_000 / EVENTS_EACH;
const NEEDED_GB = 8;
const APPEND_MS = 3_000;
const READ_MS = 2_000;

/** `uncached`: what the system has dropped of the log by then, or paged out, is the disk's. */
type Cost = { append: number; uncached: number; stream: number; replay: number };

const replayed = async (store: EventStore): Promise<number> => {
  let events = 0;
  const took_s = await seconds(async () => {
    for await (const batch of store.readAll()) events += look(batch);
  });
  return (took_s / events) * 1e6;
};

/** In microseconds per event, with a stream's events read one after another. */
const costOf = async (path: string, streams: number, size: number): Promise<Cost> => {
  const store = await openLog(path);
  const log = measuredLog(store);
  const run = appender({
    append: (stream, ...rest) => log.append(`at-${size}-${stream}`, ...rest),
  });
  await run({ writers: 64, batch: 1 }, APPEND_MS / 10);
  const { perSecond } = await run({ writers: 64, batch: 1 }, APPEND_MS);
  await readStreams(log, streams, READ_MS / 10);
  const uncached = await readStreams(log, streams, READ_MS);
  const replay = await replayed(store);
  const cached = await readStreams(log, streams, READ_MS);
  await store.close();
  const eachOf = (perStream: number) => 1e6 / perStream / EVENTS_EACH;
  return {
    append: 1e6 / perSecond,
    uncached: eachOf(uncached),
    stream: eachOf(cached),
    replay,
  };
};

const path = join(newFolder(NEEDED_GB), 'events');
const costs: Cost[] = [];
let streams = 0;
for (const size of MILLIONS) {
  tell(`writing up to ${size} million events`);
  const added = size * STREAMS_PER_MILLION - streams;
  const filling = { streams: added, eventsEach: EVENTS_EACH, closes: true };
  await inChild('fill', { path, from: streams, ...filling });
  streams += added;
  // The first time is the compiler's.
  if (costs.length === 0) await costOf(path, streams, 0);
  const cost = await costOf(path, streams, size);
  costs.push(cost);
  tell(
    `${Object.entries(cost)
      .map(([what, us]) => `${what} ${us.toFixed(2)}`)
      .join(', ')} µs`,
  );
}

const [first = { append: 0, uncached: 0, stream: 0, replay: 0 }] = costs;
const rowsOf = (what: keyof Cost, name: string): Measured[] =>
  costs.map((cost, index) => ({
    name: `${name}, ${MILLIONS[index]} million events`,
    value: cost[what],
    unit: 'µs/event',
    peer: `at ${MILLIONS[0]} million`,
    peerValue: first[what],
  }));
report(
  'growth',
  [
    ...rowsOf('append', 'growth.append.w64b1'),
    ...rowsOf('stream', 'growth.read-stream'),
    ...rowsOf('uncached', 'growth.read-stream.uncached'),
    ...rowsOf('replay', 'growth.replay'),
  ],
  '',
);
