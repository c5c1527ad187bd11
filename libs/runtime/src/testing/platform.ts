import { epochMs, type Instant, instant, instantAt, type Platform } from '#lumbung/kernel';
import { nodePlatform } from '../node.platform.js';

type Sleeper = { wakesAt_ms: number; wake: () => void };

/** 2 March 2026, nine in the morning in Kediri. */
export const MORNING = instant('2026-03-02T02:00:00.000Z');

/** A machine whose time stands until it is moved, and whose chance is always the same. */
export const virtualPlatform = (start: Instant = MORNING) => {
  let now_ms = epochMs(start);
  let drawn = 0;
  const sleepers = new Set<Sleeper>();
  const slept_ms: number[] = [];

  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      slept_ms.push(ms);
      const wake = () => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { wakesAt_ms: now_ms + ms, wake };
      sleepers.add(sleeper);
      if (signal?.aborted) wake();
      else signal?.addEventListener('abort', wake);
    });

  const platform: Platform = {
    clock: { now: () => instantAt(now_ms), elapsed_ms: () => now_ms },
    timers: { sleep },
    random: { bytes: (count) => Uint8Array.from({ length: count }, () => drawn++ % 251) },
    files: nodePlatform.files,
  };

  return {
    platform,
    /** How long whoever slept meant to, in order. */
    slept_ms,
    /** How many sleep now. */
    sleeping: () => sleepers.size,
    /** Puts the clock anywhere, also back; wakes nobody. */
    set: (moment: Instant) => {
      now_ms = epochMs(moment);
    },
    /** Lets time pass and wakes all whose time has come. */
    advance: (ms: number) => {
      now_ms += ms;
      for (const sleeper of [...sleepers]) if (sleeper.wakesAt_ms <= now_ms) sleeper.wake();
    },
  };
};

/** Lets everything run that waits for nothing but its turn. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};
