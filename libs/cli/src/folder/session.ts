import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Platform, refuse } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { type Bus, RemoteBus } from '#lumbung/transport';
import type { Open, Opened, Opening } from '../host.js';
import { cliRejections } from '../rejections.js';
import type { Settings } from '../settings.js';
import { folderInUse, holderOf, type Lock, takeLock } from './lock.js';
import { patient } from './patience.js';
import { mustBeRegency } from './regency.js';

/** The faces of a data folder, in this process or in the server that holds it. */
export type Session = { bus: Bus; close(): Promise<void> };

export type Means = { open: Open; settings: Settings };

type Wanted = Partial<Pick<Opening, 'regency' | 'simulated' | 'keepsTime'>> & {
  folder?: string;
  platform?: Platform;
};

export const folderOf = ({ settings }: Means, folder?: string): string =>
  resolve(folder ?? settings.LUMBUNG_DATA);

const orNone = (error: NodeJS.ErrnoException): string[] => {
  if (error.code === 'ENOENT') return [];
  throw error;
};

/** Whether nobody has ever opened the folder. */
export const isUntouched = async (folder: string): Promise<boolean> => {
  const names = await readdir(folder).catch(orNone);
  return names.every((name) => name.startsWith('lumbung.lock'));
};

/** Opens the folder in this process, and holds its lock until it is closed. */
export const openHere = async (
  means: Means,
  wanted: Wanted,
): Promise<{ opened: Opened; lock: Lock; close: () => Promise<void> }> => {
  const folder = folderOf(means, wanted.folder);
  if (wanted.regency !== undefined) await mustBeRegency(wanted.regency);
  const platform = wanted.platform ?? nodePlatform;
  const lock = await takeLock(folder, platform);
  try {
    const opened = await means.open({
      folder,
      platform,
      regency: wanted.regency,
      simulated: wanted.simulated,
      keepsTime: wanted.keepsTime ?? true,
      logLevel: means.settings.LUMBUNG_LOG,
      isProduction: means.settings.NODE_ENV === 'production',
      token: lock.token,
    });
    const close = async () => {
      await opened.close();
      await lock.release();
    };
    return { opened, lock, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
};

/** A bus that has no more answers once a part behind it has failed for good. */
const failingWith = (failed: Promise<unknown>, bus: Bus): Bus => {
  let failure: { error: unknown } | undefined;
  void failed.then((error) => {
    failure = { error };
  });
  return {
    send: async (pattern, payload) => {
      if (failure) throw failure.error;
      return bus.send(pattern, payload);
    },
  };
};

/**
 * Binds to the server that holds the folder; where there is none, opens the folder here. Rejects
 * FOLDER_EMPTY, since only a server or a simulation decides what a new folder is to be; and only
 * a server begins its days, so that looking at a folder writes nothing into it.
 */
export const connect = async (means: Means): Promise<Session> => {
  const folder = folderOf(means);
  const holder = await holderOf(folder);
  if (holder && holder.address === null) throw folderInUse(holder);
  if (holder?.address) {
    const { address, token } = holder;
    const bus = patient(new RemoteBus({ address, token }), nodePlatform);
    return { bus, close: async () => undefined };
  }
  if (await isUntouched(folder)) throw refuse(cliRejections, 'FOLDER_EMPTY', { folder });
  const { opened, close } = await openHere(means, { keepsTime: false });
  const failed = opened.failed.then((error) => {
    throw error;
  });
  try {
    await Promise.race([opened.ready, failed]);
  } catch (error) {
    await close();
    throw error;
  }
  return { bus: failingWith(opened.failed, opened.bus), close };
};
