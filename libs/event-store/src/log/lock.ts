import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailable } from '../port.js';
import { type Disk, readWhole, writeWhole } from './segment/disk.js';

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

/**
 * Takes a log's folder for this process; throws `StoreUnavailable` while another has it. A lock
 * whose process is gone is taken over. Answers how to let it go.
 */
export const lockFolder = (disk: Disk, folder: string): (() => void) => {
  const path = join(folder, LOCK);
  const [pid = 0, began] = readWhole(disk, folder, LOCK)?.toString().split(' ') ?? [];
  const holder = Number(pid);
  const isTheSame = holder > 0 && isRunning(holder) && beganAt(holder) === (began ?? '');
  const isHeld = holder === process.pid ? here.has(path) : isTheSame;
  if (isHeld) throw new StoreUnavailable(`${folder} is in use by process ${holder}`);
  writeWhole(disk, path, [Buffer.from(`${process.pid} ${beganAt(process.pid)}`)]);
  here.add(path);
  return () => {
    here.delete(path);
    disk.remove(path);
  };
};
