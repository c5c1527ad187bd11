import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  NotACopy,
  RevisionsLost,
  StoreDamaged,
  StoreInUse,
  StreamDeleted,
  StreamNotFound,
} from '#lumbung/event-store';
import { openLogReader } from '#lumbung/event-store/log';
import { type Rejection, refuse } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { holderOf, takeLock } from '../folder/lock.js';
import { folderOf, type Means } from '../folder/session.js';
import { logRejections } from './rejections.js';

export type LogReader = ReturnType<typeof openLogReader>;

/** Where a file of the log is not what was written. */
export type Damage = { path: string; offset: number };

export const logIn = (folder: string): string => join(folder, 'log');

/** The log of the data folder. Rejects LOG_MISSING. */
export const logOf = async (means: Means): Promise<string> => {
  const folder = folderOf(means);
  const names = await readdir(logIn(folder)).catch(() => []);
  if (names.length === 0) throw refuse(logRejections, 'LOG_MISSING', { folder });
  return logIn(folder);
};

const refusalOf = (error: unknown): Rejection | undefined => {
  if (error instanceof StreamNotFound) return refuse(logRejections, 'STREAM_UNKNOWN', error);
  if (error instanceof StreamDeleted) return refuse(logRejections, 'STREAM_ENDED', error);
  if (error instanceof RevisionsLost) return refuse(logRejections, 'COPY_REVISIONS_LOST', error);
  if (error instanceof NotACopy) {
    const { stream, position } = error;
    return refuse(logRejections, 'COPY_DIFFERS', { stream, position: String(position) });
  }
  if (error instanceof StoreInUse) return refuse(logRejections, 'LOG_IN_USE', { pid: error.pid });
  if (!(error instanceof StoreDamaged)) return;
  const { path, offset } = error;
  return refuse(logRejections, 'LOG_DAMAGED', { path, offset });
};

/** Does something to a log; what the engine refuses is told in words. */
export const inWords = async <T>(act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
};

/** Reads the log as far as it is written, also beside the server that writes it. */
export const reading = async <T>(path: string, act: (reader: LogReader) => Promise<T>) =>
  inWords(async () => {
    const reader = openLogReader({ path });
    try {
      return await act(reader);
    } finally {
      reader.close();
    }
  });

/** Keeps every server away from the data folder meanwhile. Rejects LOG_IN_USE. */
export const exclusively = async <T>(means: Means, act: (path: string) => Promise<T>) => {
  const path = await logOf(means);
  const folder = folderOf(means);
  const holder = await holderOf(folder);
  if (holder) throw refuse(logRejections, 'LOG_IN_USE', holder);
  const lock = await takeLock(folder, nodePlatform);
  try {
    return await inWords(() => act(path));
  } finally {
    await lock.release();
  }
};

/** Whole numbers as people write them. */
export const counted = (count: number): string => count.toLocaleString('id');
