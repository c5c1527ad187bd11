import { join } from 'node:path';
import { type EventStore, watched } from '#lumbung/event-store';
import { openLogEventStore } from '#lumbung/event-store/log';
import { memoryEventStore } from '#lumbung/event-store/memory';
import {
  type Credentials,
  type Served,
  serveEventStore,
  type Tls,
} from '#lumbung/event-store/protocol';
import { nodePlatform } from '#lumbung/runtime';
import { mayForget } from './kept.js';

export type Serving = {
  /** The folder that holds the log; in memory alone when absent. */
  folder?: string | undefined;
  port: number;
  credentials?: Credentials | undefined;
  tls?: Tls | undefined;
};

const openStore = (folder: string | undefined): Promise<EventStore> | EventStore => {
  const options = { ...nodePlatform, mayForget };
  if (folder === undefined) return memoryEventStore(options);
  const onTorn = (bytes: number, path: string) =>
    process.stderr.write(`${path}: ${bytes} byte terakhir tidak selesai ditulis; dipotong\n`);
  return openLogEventStore({ ...options, path: join(folder, 'log'), onTorn });
};

/** Serves a log until `asked`; throws what keeps it from going on. */
export const serve = async (
  { folder, port, credentials, tls }: Serving,
  asked: Promise<void>,
  ready: (url: string) => void,
): Promise<void> => {
  const store = await openStore(folder);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  let served: Served | undefined;
  try {
    served = await serveEventStore({ store: watched(store, fail), port, credentials, tls });
    ready(served.url);
    await Promise.race([asked, failed]);
  } finally {
    await served?.close();
    await store.close();
  }
};
