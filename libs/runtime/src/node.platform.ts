import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { type Instant, instantAt, type Platform } from '#lumbung/kernel';

const orNothing = (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/** The machine this process runs on. */
export const nodePlatform: Platform = {
  clock: {
    now: () => new Date().toISOString() as Instant,
    elapsed_ms: () => performance.now(),
  },
  timers: {
    sleep: async (ms, signal) => {
      // An abort is how a sleeper is woken, not a failure.
      await setTimeout(ms, undefined, { signal }).catch(() => undefined);
    },
  },
  random: { bytes: (count) => randomBytes(count) },
  files: {
    read: (path) => readFile(path).catch(orNothing),
    createSecret: async (path, bytes) => {
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    makeFolder: async (path) => {
      await mkdir(path, { recursive: true, mode: 0o700 });
    },
    remove: (path) => rm(path, { force: true }),
  },
};

/** The same machine under a clock that stands until it is set, and moves `step_ms` per look. */
export const virtualClock = (start_ms: number, step_ms = 0) => {
  let now_ms = start_ms;
  return {
    now: () => {
      now_ms += step_ms;
      return instantAt(now_ms);
    },
    elapsed_ms: () => performance.now(),
    set: (moment_ms: number) => {
      now_ms = Math.max(now_ms, moment_ms);
    },
  };
};
