import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { platform as system } from 'node:os';
import { dirname, resolve } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { type Instant, instantAt, type Platform } from '#lumbung/kernel';

const orNothing = (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/** Until a folder is synced, a power cut can lose the name of what was made in it. */
const syncFolder = async (path: string) => {
  // Windows has no such call, and keeps names without it.
  if (system() === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const writeNew = async (path: string, bytes: Uint8Array) => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** The machine this process runs on. */
export const nodePlatform: Platform = {
  clock: {
    now: () => new Date().toISOString() as Instant,
    elapsed_ms: () => performance.now(),
  },
  timers: {
    sleep: async (ms, signal) => {
      // A timer of no time takes a millisecond, and whoever only lets others go first has none.
      const sleeping = ms > 0 ? setTimeout(ms, undefined, { signal }) : setImmediate(0, { signal });
      // An abort is how a sleeper is woken, not a failure.
      await sleeping.catch(() => undefined);
    },
  },
  random: { bytes: (count) => randomBytes(count) },
  files: {
    read: (path) => readFile(path).catch(orNothing),
    createSecret: async (path, bytes) => {
      const draft = `${path}.${randomBytes(8).toString('hex')}`;
      try {
        await writeNew(draft, bytes);
        // Unlike a rename, this fails where there is a file of that name.
        await link(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
      await syncFolder(dirname(path));
    },
    makeFolder: async (path) => {
      const first = await mkdir(path, { recursive: true, mode: 0o700 });
      if (first === undefined) return;
      // The name of each new folder stands in the one above it.
      for (let made = resolve(path); made.length >= first.length; made = dirname(made)) {
        await syncFolder(dirname(made));
      }
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

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Resolves when somebody wants this process to end: by a signal, or by having ended himself where
 * he started it with a channel. Who asks twice does not wait for that.
 */
export const untilAsked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
    process.channel?.unref();
  });
