import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openLogReader } from '#lumbung/event-store/log';
import { nodePlatform } from '#lumbung/runtime';
import type { Damage } from './folder.js';

const WINDOW_BYTES = 1 << 20;
const FLYING_MS = 300;

const endOf = (path: string): Damage | undefined => {
  const reader = openLogReader({ path });
  try {
    const last = reader.stat().segments.at(-1);
    return last && { path: join(last.folder, last.name), offset: last.bytes };
  } finally {
    reader.close();
  }
};

/** Whether anything but zeros is in a file from a byte on. */
const isWritten = async ({ path, offset }: Damage): Promise<boolean> => {
  const file = await open(path);
  const buffer = Buffer.allocUnsafe(WINDOW_BYTES);
  try {
    for (let at = offset; ; ) {
      const { bytesRead } = await file.read(buffer, 0, WINDOW_BYTES, at);
      if (bytesRead === 0) return false;
      if (buffer.subarray(0, bytesRead).some((byte) => byte !== 0)) return true;
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
};

/**
 * Where the last file goes on with what is no event: an append that was cut off, or damage. What
 * a server is just writing is whole when one looks again.
 */
export const unreadIn = async (path: string): Promise<Damage | undefined> => {
  const end = endOf(path);
  if (!end || !(await isWritten(end))) return;
  await nodePlatform.timers.sleep(FLYING_MS);
  const now = endOf(path);
  return now?.path === end.path && now.offset === end.offset ? end : undefined;
};
