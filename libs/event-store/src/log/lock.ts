import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreInUse } from '../port.js';
import { type Disk, readWhole } from './segment/disk.js';

const LOCK = 'lock';

/** What the system tells of a process, from its state on; undefined where it tells nothing. */
const statOf = (pid: number): string[] | undefined => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ');
  } catch {
    return undefined;
  }
};

/** When it began: a number is used again, a number with this is not. */
const beganAt = (pid: number): string => statOf(pid)?.[19] ?? '';

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // One that has ended keeps its number until its parent has asked how.
    return statOf(pid)?.[0] !== 'Z';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const here = new Set<string>();

const isHeld = (lock: string, path: string): boolean => {
  const [pid = 0, began = ''] = lock.split(' ');
  const holder = Number(pid);
  if (holder === process.pid) return here.has(path);
  return holder > 0 && isRunning(holder) && beganAt(holder) === began;
};

const contentOf = (disk: Disk, folder: string, name: string): string =>
  readWhole(disk, folder, name)?.toString() ?? '';

const inUse = (folder: string, lock: string) => new StoreInUse(folder, Number(lock.split(' ')[0]));

/** Takes a lock away whose process is gone, and no other that has come meanwhile. */
const removeStale = (disk: Disk, folder: string): void => {
  const path = join(folder, LOCK);
  const lock = contentOf(disk, folder, LOCK);
  if (isHeld(lock, path)) throw inUse(folder, lock);
  const aside = `${LOCK}.${process.pid}`;
  disk.rename(path, join(folder, aside));
  const taken = contentOf(disk, folder, aside);
  if (taken !== lock) disk.rename(join(folder, aside), path);
  else disk.remove(join(folder, aside));
  if (taken !== lock) throw inUse(folder, taken);
};

const write = (disk: Disk, path: string): void => {
  const file = disk.open(path, 'new');
  try {
    file.write(Buffer.from(`${process.pid} ${beganAt(process.pid)}`), 0);
    file.sync();
  } catch (error) {
    disk.remove(path);
    throw error;
  } finally {
    file.close();
  }
};

/**
 * Takes a log's folder for this process; throws `StoreUnavailable` while another has it. A lock
 * whose process is gone is taken over. Answers how to let it go.
 */
export const lockFolder = (disk: Disk, folder: string): (() => void) => {
  const path = join(folder, LOCK);
  if (disk.list(folder).includes(LOCK)) removeStale(disk, folder);
  try {
    write(disk, path);
  } catch (error) {
    // Another was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw inUse(folder, contentOf(disk, folder, LOCK));
  }
  here.add(path);
  return () => {
    here.delete(path);
    disk.remove(path);
  };
};
