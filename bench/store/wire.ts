import { serveEventStore } from '#lumbung/event-store/protocol';
import { inChild } from './children.js';
import { anEvent } from './events.js';
import { openLog } from './log.js';

const BATCHES = 400;

/** A log in this process behind its protocol, and the official client in another. */
export const measureWire = async (path: string) => {
  const store = await openLog(path);
  for (let batch = 0; batch < BATCHES; batch++) {
    const events = Array.from({ length: 100 }, (_, n) => anEvent(n));
    await store.append(`filled-${batch}`, events, 'none');
  }
  const { url, close } = await serveEventStore({ store, port: 0 });
  const driven = await inChild('drive', { url });
  await close();
  await store.close();
  return driven;
};
