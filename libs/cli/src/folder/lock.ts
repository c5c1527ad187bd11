import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Platform, Rejection, z } from '#lumbung/kernel';

const Held = z.object({
  pid: z.int(),
  /** When that process started, where the machine tells: a later one may bear the same number. */
  since: z.string().nullish(),
  token: z.string(),
  /** Where the holder listens; null while it starts, and for a command that does not listen. */
  address: z.string().nullable(),
});
export type Held = z.infer<typeof Held>;

const fileIn = (folder: string) => join(folder, 'lumbung.lock');

const reading = (file: string) => readFile(file, 'utf8').catch(() => undefined);

const heldIn = (text: string): Held | undefined => {
  try {
    return Held.safeParse(JSON.parse(text)).data;
  } catch {
    // Half written, or by nobody's program.
    return undefined;
  }
};

// The 22nd field of /proc/PID/stat; the 2nd, a name in brackets, may hold blanks itself.
const beginningOf = async (pid: number): Promise<string | null> => {
  const stat = await reading(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const isRunning = async ({ pid, since }: Held): Promise<boolean> => {
  if (!isAlive(pid)) return false;
  const begun = since ? await beginningOf(pid) : null;
  return begun === null || begun === since;
};

/** Who holds the folder, if he is still running. */
export const holderOf = async (folder: string): Promise<Held | undefined> => {
  const held = heldIn((await reading(fileIn(folder))) ?? '');
  return held && (await isRunning(held)) ? held : undefined;
};

export const folderInUse = ({ pid, address }: Held): Rejection =>
  new Rejection(
    'FOLDER_IN_USE',
    address === null
      ? `Folder data sedang dipakai oleh proses ${pid}.`
      : `Folder data sedang dipakai oleh server di ${address} (proses ${pid}).`,
    { address, pid },
  );

export type Lock = {
  readonly token: string;
  /** Tells commands on this machine where to find the holder. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
};

/** Removes the lock of a holder who is gone, but not one that another has taken meanwhile. */
const clear = async (file: string, stale: string): Promise<void> => {
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  const moved = await reading(aside);
  if (moved !== undefined && moved !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
};

// Between the making of a lock and its writing lies a moment, in which it says nothing yet.
const WRITING_MS = 50;
const ATTEMPTS = 10;

/**
 * Takes the folder for this process, by a file that only its owner may read. Rejects
 * FOLDER_IN_USE with the holder's address. A lock whose holder was killed is taken over.
 */
export const takeLock = async (folder: string, platform: Platform): Promise<Lock> => {
  await platform.files.makeFolder(folder);
  const file = fileIn(folder);
  const token = Buffer.from(platform.random.bytes(32)).toString('base64url');
  const since = await beginningOf(process.pid);
  const text = (address: string | null) =>
    JSON.stringify({ pid: process.pid, since, token, address });
  const lock: Lock = {
    token,
    announce: async (address) => {
      await writeFile(`${file}.new`, text(address), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    release: () => rm(file, { force: true }),
  };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      await platform.files.createSecret(file, Buffer.from(text(null)));
      return lock;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = await reading(file);
    const held = heldIn(found ?? '');
    if (held && (await isRunning(held))) throw folderInUse(held);
    if (!held && attempt < ATTEMPTS / 2) await platform.timers.sleep(WRITING_MS);
    else if (found !== undefined) await clear(file, found);
  }
  throw new Error('the lock of the data folder changes hands too quickly');
};
