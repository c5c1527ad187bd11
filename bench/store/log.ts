import type { EventStore } from '#lumbung/event-store';
import { openLogEventStore } from '#lumbung/event-store/log';
import { nodePlatform } from '#lumbung/runtime';
import type { MeasuredStore, Seen } from './peer.js';

type Durability = Parameters<typeof openLogEventStore>[0]['durability'];

export const openLog = (path: string, durability: Durability = 'commit'): Promise<EventStore> =>
  openLogEventStore({ path, durability, random: nodePlatform.random, clock: nodePlatform.clock });

export const seenStream = async (store: EventStore, stream: string): Promise<Seen[]> => {
  const events: Seen[] = [];
  for await (const batch of store.readStream(stream)) events.push(...batch);
  return events;
};

/** Our log, asked as its peers are. */
export const measuredLog = (store: EventStore): MeasuredStore => ({
  async append(stream, events, expected) {
    await store.append(stream, events, expected < 0 ? 'none' : expected);
  },
  readAll: () => store.readAll(),
  readStream: (stream) => seenStream(store, stream),
  close: () => store.close(),
});
