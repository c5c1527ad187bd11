import { resolve } from 'node:path';
import type { Platform } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { type Bus, RemoteBus } from '#lumbung/transport';
import type { Open, Opened, Opening } from '../host.js';
import type { Settings } from '../settings.js';
import { folderInUse, holderOf, type Lock, takeLock } from './lock.js';

/** The faces of a data folder, in this process or in the server that holds it. */
export type Session = { bus: Bus; close(): Promise<void> };

export type Means = { open: Open; settings: Settings };

type Wanted = Partial<Pick<Opening, 'regency' | 'simulated' | 'keepsTime'>> & {
  folder?: string;
  platform?: Platform;
};

export const folderOf = ({ settings }: Means, folder?: string): string =>
  resolve(folder ?? settings.LUMBUNG_DATA);

/** Opens the folder in this process, and holds its lock until it is closed. */
export const openHere = async (
  means: Means,
  wanted: Wanted,
): Promise<{ opened: Opened; lock: Lock; close: () => Promise<void> }> => {
  const folder = folderOf(means, wanted.folder);
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

/** Binds to the server that holds the folder; where there is none, opens the folder here. */
export const connect = async (means: Means, folder?: string): Promise<Session> => {
  const holder = await holderOf(folderOf(means, folder));
  if (holder && holder.address === null) throw folderInUse(holder);
  if (holder?.address) {
    const { address, token } = holder;
    return { bus: new RemoteBus({ address, token }), close: async () => undefined };
  }
  const { opened, close } = await openHere(means, { folder });
  await opened.ready;
  return { bus: opened.bus, close };
};
