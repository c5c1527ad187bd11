// The embedded log beside other event stores: all of them in turn, in rounds, in this process.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { foldLog } from '#lumbung/event-store/log';
import { serveEventStore } from '#lumbung/event-store/protocol';
import { openDisk } from './peers/disk.js';
import { quantile, report } from './report.js';
import { appender, fillStreams, type Load } from './store/appends.js';
import { inChild } from './store/children.js';
import {
  type Contender,
  compared,
  inRounds,
  type Measured,
  openContenders,
} from './store/contest.js';
import { anEvent, median, payloads, RARE } from './store/events.js';
import { newFolder, tell } from './store/folder.js';
import { openLog } from './store/log.js';
import { decoding, readStreams, replay } from './store/reads.js';

const ROUNDS = 5;
const NEEDED_GB = 3;
const APPEND_MS = 600;
const READ_MS = 500;
const LOADS: Load[] = [
  { writers: 1, batch: 1 },
  { writers: 1, batch: 100 },
  { writers: 64, batch: 1 },
  { writers: 64, batch: 10 },
  { writers: 1_024, batch: 1 },
];
/** Of this one it is also told how long an append takes, and how much of the processor. */
const TYPICAL = 'w64b1';

const folder = newFolder(NEEDED_GB);
const { decode, eventBytes } = payloads();

type Appender = Omit<Contender, 'store' | 'streams'> & { run: ReturnType<typeof appender> };

const measureLoad = async (load: Load, appenders: readonly Appender[]): Promise<Measured[]> => {
  const shape = `w${load.writers}b${load.batch}`;
  const name = `store.append.${shape}`;
  const samples = await inRounds(ROUNDS, appenders, ({ run }) => run(load, APPEND_MS));
  const rates = samples.map((rounds) => rounds.map(({ perSecond }) => perSecond));
  const rows = compared({ name, unit: 'events/s' }, appenders, rates);
  if (shape !== TYPICAL) return rows;
  const latency = (share: number) =>
    samples.map((rounds) => [
      quantile(
        rounds.flatMap(({ latencies_ms }) => latencies_ms),
        share,
      ),
    ]);
  const cpu_us = samples.map((rounds) => rounds.map((round) => round.cpu_us));
  return [
    ...rows,
    ...compared({ name: `${name}.p50`, unit: 'ms' }, appenders, latency(0.5)),
    ...compared({ name: `${name}.p99`, unit: 'ms' }, appenders, latency(0.99)),
    ...compared({ name: `${name}.cpu`, unit: 'µs/event' }, appenders, cpu_us),
  ];
};

const measureAppends = async (contenders: readonly Contender[]): Promise<Measured[]> => {
  const disk = openDisk(folder, Math.round(eventBytes) + 64);
  const appenders: Appender[] = [
    ...contenders.map(({ store, ...contender }) => ({ ...contender, run: appender(store) })),
    { name: 'disk', note: 'as many bytes, no engine', run: appender(disk) },
  ];
  for (const { run } of appenders) await run({ writers: 64, batch: 1 }, APPEND_MS / 2);
  const rows: Measured[] = [];
  for (const load of LOADS) rows.push(...(await measureLoad(load, appenders)));
  disk.close();
  return rows;
};

const measureReplay = async (contenders: readonly Contender[]): Promise<Measured[]> => {
  const replayed = contenders.map(({ name, store }) => ({
    name,
    read: () => replay(() => store.readAll(), READ_MS),
  }));
  const decoded = {
    ...{ name: 'decode', note: 'the payloads alone, in memory' },
    read: async () => decoding(decode, READ_MS),
  };
  const readers = [...replayed, decoded];
  const samples = await inRounds(ROUNDS, readers, ({ read }) => read());
  return compared({ name: 'store.replay', unit: 'events/s' }, readers, samples);
};

/** Events passed over per second where one in a hundred is wanted. */
const measureHeaders = async (replayed: number): Promise<Measured> => {
  const store = await openLog(join(folder, 'log'));
  const wanted = () => store.readAll({ filter: { types: [RARE] } });
  const log = [{ name: 'log' }];
  const [rates = []] = await inRounds(ROUNDS, log, () => replay(wanted, READ_MS));
  await store.close();
  const value = median(rates) * 100;
  tell(`store.replay.headers: ${Math.round(value)} events/s`);
  const peer = 'store.replay, with all payloads';
  return { name: 'store.replay.headers', value, unit: 'events/s', peer, peerValue: replayed };
};

/** All events on two threads, each with all that its half of the streams carries. */
const measureThreads = async (replayed: number): Promise<Measured> => {
  const path = join(folder, 'log');
  const module = new URL('./store/reads.js', import.meta.url);
  const log = [{ name: 'two threads' }];
  const [rates = []] = await inRounds(ROUNDS, log, async () => {
    const halves = await foldLog<number, number, never>({
      ...{ path, module, input: READ_MS, workers: 2 },
    });
    return halves.reduce((sum, half) => sum + half, 0);
  });
  const value = median(rates);
  tell(`store.replay.threads: ${Math.round(value)} events/s`);
  const peer = 'store.replay, on one';
  return { name: 'store.replay.threads', value, unit: 'events/s', peer, peerValue: replayed };
};

const measureStreams = async (): Promise<Measured[]> => {
  const own = join(folder, 'streams');
  await mkdir(own);
  const contenders = await openContenders(own);
  for (const { name, streams, store } of contenders) {
    tell(`${name}: ${streams} streams of 100 events`);
    await fillStreams(store, streams);
  }
  const samples = await inRounds(ROUNDS, contenders, ({ store, streams }) =>
    readStreams(store, streams, READ_MS),
  );
  for (const { store } of contenders) await store.close();
  const labelled = contenders.map(({ name, streams }) => ({ name, note: `${streams} streams` }));
  return compared({ name: 'store.read-stream', unit: 'streams/s' }, labelled, samples);
};

/** The log in this process behind its protocol, and the official client in another. */
const measureProtocol = async (appended: number, replayed: number): Promise<Measured[]> => {
  const store = await openLog(join(folder, 'wire'));
  for (let batch = 0; batch < 400; batch++) {
    const events = Array.from({ length: 100 }, (_, n) => anEvent(n));
    await store.append(`filled-${batch}`, events, 'none');
  }
  const served = await serveEventStore({ store, port: 0 });
  const { append, read, subscribe } = await inChild('drive', { url: served.url });
  await served.close();
  await store.close();
  const peer = 'in this process';
  const unit = 'events/s';
  tell(`wire: ${[append, read, subscribe].map(Math.round).join(', ')} ${unit}`);
  return [
    { name: 'wire.append', value: append, unit, peer, peerValue: appended },
    { name: 'wire.read', value: read, unit, peer, peerValue: replayed },
    { name: 'wire.subscribe', value: subscribe, unit, peer, peerValue: replayed },
  ];
};

const contenders = await openContenders(folder);
const appends = await measureAppends(contenders);
const replays = await measureReplay(contenders);
for (const { store } of contenders) await store.close();
const typical = appends.find(({ name }) => name === `store.append.${TYPICAL}`);
const [{ value: replayed } = { value: 0 }] = replays;
const headers = await measureHeaders(replayed);
const threads = await measureThreads(replayed);
const streams = await measureStreams();
const wire = await measureProtocol(typical?.value ?? 0, replayed);
report('store', [...appends, ...replays, headers, threads, ...streams, ...wire], '');
