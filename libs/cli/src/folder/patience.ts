import { type Platform, Unavailable } from '#lumbung/kernel';
import type { Bus } from '#lumbung/transport';

// What may be over in a moment; a disk that is full is not.
const PASSING = new Set(['SERVICE_UNAVAILABLE', 'TOO_BUSY', 'NOT_CAUGHT_UP']);

const PAUSES_MS = [100, 400, 1_500];
const QUICK_MS = 5_000;

/**
 * Asks again, a few times, where there was no answer for now. Commands carry ids, so what is asked
 * twice is not done twice; and long work that was broken off is not begun again.
 */
export const patient = (bus: Bus, { clock, timers }: Platform): Bus => ({
  send: async (pattern, payload) => {
    for (const pause_ms of PAUSES_MS) {
      const begun_ms = clock.elapsed_ms();
      try {
        return await bus.send(pattern, payload);
      } catch (error) {
        const isPassing = error instanceof Unavailable && PASSING.has(error.code);
        if (!isPassing || clock.elapsed_ms() - begun_ms > QUICK_MS) throw error;
      }
      await timers.sleep(pause_ms);
    }
    return bus.send(pattern, payload);
  },
});
