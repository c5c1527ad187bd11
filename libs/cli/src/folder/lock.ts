import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Platform, Rejection, z } from '#lumbung/kernel';

const Held = z.object({
  pid: z.int(),
  token: z.string(),
  /** Where the holder listens; null while it starts, and for a command that does not listen. */
  address: z.string().nullable(),
});
export type Held = z.infer<typeof Held>;

const fileIn = (folder: string) => join(folder, 'lumbung.lock');

const isRunning = async (pid: number): Promise<boolean> => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A number may have passed to another program since; where /proc exists it tells.
  const program = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'node');
  return program.includes('node');
};

/** Who holds the folder, if he is still running. */
export const holderOf = async (folder: string): Promise<Held | undefined> => {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const held = Held.safeParse(JSON.parse(text || 'null'));
  if (held.success && (await isRunning(held.data.pid))) return held.data;
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

/**
 * Takes the folder for this process, by a file that only its owner may read. Rejects
 * FOLDER_IN_USE with the holder's address. A lock whose holder was killed is taken over.
 */
export const takeLock = async (folder: string, platform: Platform): Promise<Lock> => {
  await platform.files.makeFolder(folder);
  const file = fileIn(folder);
  const token = Buffer.from(platform.random.bytes(32)).toString('base64url');
  const text = (address: string | null) => JSON.stringify({ pid: process.pid, token, address });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await platform.files.createSecret(file, Buffer.from(text(null)));
      return {
        token,
        announce: async (address) => {
          await writeFile(`${file}.new`, text(address), { mode: 0o600 });
          await rename(`${file}.new`, file);
        },
        release: () => rm(file, { force: true }),
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = await holderOf(folder);
      if (holder) throw folderInUse(holder);
      await rm(file, { force: true });
    }
  }
  throw new Error('the lock of the data folder changes hands too quickly');
};
