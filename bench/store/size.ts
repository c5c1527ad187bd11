// What a large log costs to open and to hold: ten million events, and a million streams.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { report } from '../report.js';
import { inChild } from './children.js';
import type { Measured } from './contest.js';
import { streamName } from './events.js';
import { newFolder, tell } from './folder.js';
import type { Weight } from './large.js';

const EVENTS = 10_000_000;
const STREAMS = 10_000;
const MANY_STREAMS = 1_000_000;
const NEEDED_GB = 6;

const folder = newFolder(NEEDED_GB);
const weighed = async (path: string): Promise<Weight> => {
  const weight = await inChild('weigh', { path, stream: streamName(0) });
  tell(`opened in ${Math.round(weight.opened_ms)} ms, ${Math.round(weight.rss / 1e6)} MB`);
  return weight;
};

const path = join(folder, 'events');
tell(`writing ${EVENTS} events`);
const eventsEach = EVENTS / STREAMS;
await inChild('fill', { path, from: 0, streams: STREAMS, eventsEach, closes: false });
const afterKill = await weighed(path);
const afterClose = await weighed(path);
await rm(path, { recursive: true });

const wide = join(folder, 'streams');
tell(`writing ${MANY_STREAMS} streams`);
await inChild('fill', { path: wide, from: 0, streams: MANY_STREAMS, eventsEach: 1, closes: true });
const withStreams = await weighed(wide);

const memory = (name: string, weight: Weight, count: number, unit: string): Measured[] => [
  { name, value: weight.rss / count, unit },
  { name: `${name}.arrayBuffers`, value: weight.arrayBuffers / count, unit },
  { name: `${name}.heap`, value: weight.heap / count, unit },
];
report(
  'store-size',
  [
    { name: 'store.open, 10 million events, after close', value: afterClose.opened_ms, unit: 'ms' },
    { name: 'store.open, 10 million events, after kill', value: afterKill.opened_ms, unit: 'ms' },
    ...memory('store.memory.events', afterClose, EVENTS, 'bytes/event'),
    ...memory('store.memory.streams', withStreams, MANY_STREAMS, 'bytes/stream'),
  ],
  '',
);
