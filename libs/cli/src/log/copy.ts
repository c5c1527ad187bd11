import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { copyClock, copyLog, type EventStore } from '#lumbung/event-store';
import { openLogEventStore } from '#lumbung/event-store/log';
import { refuse } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import type { Means } from '../folder/session.js';
import { progressBar } from '../terminal/output.js';
import { counted, inWords, logIn, logOf, reading } from './folder.js';
import { logRejections } from './rejections.js';

export type CopyOptions = { to: string; json?: boolean };

const SERVER = /^esdb(\+discover)?:\/\//;

const { random, timers } = nodePlatform;
// The source has decided what its streams let go.
const mayForget = () => true;

/** Its client is large, and loaded for whoever asks for it. */
const openServer = async (url: string): Promise<EventStore> => {
  const { openEventStoreDb } = await import('#lumbung/event-store/eventstoredb');
  return openEventStoreDb({ url, random, timers, mayForget });
};

const samePlace = async (path: string, other: string): Promise<boolean> =>
  (await realpath(path)) === (await realpath(other).catch(() => other));

const openTarget = async (path: string, to: string, clock: ReturnType<typeof copyClock>) => {
  if (SERVER.test(to)) return openServer(to);
  const target = logIn(resolve(to));
  if (await samePlace(path, target)) {
    throw refuse(logRejections, 'COPY_IS_LOG', { folder: resolve(to) });
  }
  return openLogEventStore({ path: target, clock, random, mayForget });
};

const print = ({ found, copied, after }: Awaited<ReturnType<typeof copyLog>>, to: string): void => {
  const there = `${counted(found)} sudah ada di sana`;
  if (found > 0) console.log(`${there}; dilanjutkan sesudah posisi ${after}.`);
  console.log(`${counted(copied)} kejadian disalin ke ${to}.`);
};

/** Copies the log into a new one, in a folder or on a server; or goes on where that was cut off. */
export const copy = async (means: Means, { to, json }: CopyOptions): Promise<void> => {
  const path = await logOf(means);
  const clock = copyClock();
  const target = await inWords(() => openTarget(path, to, clock));
  const bar = progressBar('Menyalin kejadian');
  try {
    const copied = await reading(path, (from) => copyLog(from, target, bar.update, clock));
    bar.stop();
    if (json) console.log(JSON.stringify({ ...copied, after: copied.after?.toString() ?? null }));
    else print(copied, to);
  } finally {
    bar.stop();
    await target.close();
  }
};
