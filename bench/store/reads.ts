import type { Folding } from '#lumbung/event-store';
import { look, streamName } from './events.js';
import type { MeasuredStore, Seen } from './peer.js';

const perSecond = (count: number, started: number): number =>
  (count / (performance.now() - started)) * 1000;

/** Events per second, read over and over for a while with all that they carry. */
export const replay = async (all: () => AsyncIterable<readonly Seen[]>, ms: number) => {
  const started = performance.now();
  let events = 0;
  while (performance.now() - started < ms) {
    for await (const batch of all()) {
      events += look(batch);
      if (performance.now() - started >= ms) break;
    }
  }
  return perSecond(events, started);
};

/** Streams per second, one after another in any order. */
export const readStreams = async (store: MeasuredStore, streams: number, ms: number) => {
  const started = performance.now();
  let read = 0;
  for (; performance.now() - started < ms; read++) {
    const events = await store.readStream(streamName(Math.floor(Math.random() * streams)));
    if (look(events) !== 100) throw new Error(`a stream has ${events.length} events, not 100`);
  }
  return perSecond(read, started);
};

export const decoding = (decode: () => number, ms: number): number => {
  const started = performance.now();
  let events = 0;
  while (performance.now() - started < ms) events += decode();
  return perSecond(events, started);
};

/** On a thread: the events per second of its part of the streams, over and over for a while. */
export const fold = ({ log, part, input: ms }: Folding<number>): Promise<number> =>
  replay(() => log.readPart(part), ms);
