import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Platform, type Rejection, refuse, z } from '#lumbung/kernel';
import { cliRejections } from '../rejections.js';

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
  refuse(cliRejections, 'FOLDER_IN_USE', { address, pid });

export type Lock = {
  readonly token: string;
  /** Tells commands on this machine where to find the holder. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
};

type Found = { text: string; held: Held | undefined };

const successorOf = (file: string, place: number, last: Found | undefined) =>
  `${file}.${place}-${last?.held?.token ?? ''}`;

/**
 * The lock, and after it whoever set out to succeed its dead holder, and whoever to succeed him:
 * each in a file that is named by his predecessor's token, so that there is only one.
 */
const chainAt = async (file: string): Promise<Found[]> => {
  const chain: Found[] = [];
  for (let at = file; ; at = successorOf(file, chain.length, chain.at(-1))) {
    const text = await reading(at);
    if (text === undefined) return chain;
    chain.push({ text, held: heldIn(text) });
  }
};

const created = async (platform: Platform, file: string, text: string): Promise<boolean> => {
  try {
    await platform.files.createSecret(file, Buffer.from(text));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Takes the place of a chain whose members are all dead. Whoever holds the successor's file and
 * finds the chain unchanged is alone in this; others find a file that is in use, or a new lock.
 */
const succeeded = async (platform: Platform, file: string, chain: Found[], text: string) => {
  const place = (length: number) => successorOf(file, length, chain[length - 1]);
  const mine = place(chain.length);
  if (!(await created(platform, mine, text))) return false;
  const texts = (await chainAt(file)).map((found) => found.text);
  const isUnchanged = texts.join() === [...chain.map((found) => found.text), text].join();
  if (!isUnchanged) {
    await rm(mine, { force: true });
    return false;
  }
  await rename(mine, file);
  for (let length = 1; length < chain.length; length++) await rm(place(length), { force: true });
  return true;
};

// What another program made in one step may still be empty for a moment.
const WRITING_MS = 50;
const ATTEMPTS = 100;
const PATIENCE = 40;

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
    const chain = await chainAt(file);
    for (const { held } of chain) {
      if (held && (await isRunning(held))) throw folderInUse(held);
    }
    const isWritten = chain.every(({ held }) => held !== undefined);
    if (chain.length === 0) {
      if (await created(platform, file, text(null))) return lock;
    } else if (isWritten || attempt > PATIENCE) {
      if (await succeeded(platform, file, chain, text(null))) return lock;
    } else {
      await platform.timers.sleep(WRITING_MS);
    }
  }
  throw new Error('the lock of the data folder changes hands too quickly');
};
