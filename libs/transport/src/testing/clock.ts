import { setTimeout } from 'node:timers/promises';
import { instantAt, type Platform } from '#lumbung/kernel';

/** The time of the machine, which a wire cannot do without. */
export const nodeClock: Pick<Platform, 'clock' | 'timers'> = {
  clock: { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() },
  timers: {
    sleep: async (ms, signal) => {
      await setTimeout(ms, undefined, { signal }).catch(() => undefined);
    },
  },
};
