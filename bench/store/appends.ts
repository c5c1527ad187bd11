import { anEvent, streamName } from './events.js';
import type { MeasuredStore } from './peer.js';

export type Load = { writers: number; batch: number };
export type Appending = { perSecond: number; latencies_ms: number[]; cpu_us: number };

const STREAMS = 10_000;

/** Streams of which each is lent to one writer at a time, the longest unused first. */
const lending = () => {
  const free = Array.from({ length: STREAMS }, (_, number) => ({
    name: streamName(number),
    revision: -1,
  }));
  let head = 0;
  let tail = STREAMS;
  type Stream = (typeof free)[number];
  return {
    take: () => free[head++ % STREAMS] as Stream,
    giveBack(stream: Stream) {
      free[tail++ % STREAMS] = stream;
    },
  };
};

/** Writers that append for a while, each its next when the last is on the disk. */
export const appender = (store: Pick<MeasuredStore, 'append' | 'cpu_us'>) => {
  const streams = lending();
  let made = 0;
  const cpu_us = () => {
    const { user, system } = process.cpuUsage();
    return user + system + (store.cpu_us?.() ?? 0);
  };

  const appendOne = async (batch: number) => {
    const stream = streams.take();
    const events = Array.from({ length: batch }, () => anEvent(made++));
    await store.append(stream.name, events, stream.revision);
    stream.revision += batch;
    streams.giveBack(stream);
  };

  return async ({ writers, batch }: Load, ms: number): Promise<Appending> => {
    const latencies_ms: number[] = [];
    const before_us = cpu_us();
    const started = performance.now();
    const write = async () => {
      for (let now = performance.now(); now - started < ms; ) {
        const asked = now;
        await appendOne(batch);
        now = performance.now();
        latencies_ms.push(now - asked);
      }
    };
    await Promise.all(Array.from({ length: writers }, write));
    const events = latencies_ms.length * batch;
    return {
      perSecond: (events / (performance.now() - started)) * 1000,
      latencies_ms,
      cpu_us: (cpu_us() - before_us) / events,
    };
  };
};

/** Fills streams of a hundred events each, one event of each stream after the other. */
export const fillStreams = async (store: MeasuredStore, streams: number): Promise<void> => {
  for (let revision = 0; revision < 100; revision++) {
    const names = Array.from({ length: streams }, (_, number) => streamName(number));
    await Promise.all(names.map((name) => store.append(name, [anEvent(revision)], revision - 1)));
  }
};
