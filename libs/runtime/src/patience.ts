import { Conflict, type Platform, Unavailable } from '#lumbung/kernel';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 5_000;

/** Nobody has to mend anything: the same may go well a moment later. */
export const mayPass = (error: unknown): boolean =>
  error instanceof Unavailable || error instanceof Conflict;

/** Attempts again what may pass, ever more patiently, until the signal aborts. */
export const patiently = async <T>(
  attempt: () => Promise<T>,
  { timers }: Pick<Platform, 'timers'>,
  signal: AbortSignal,
): Promise<T> => {
  for (let pause_ms = FIRST_PAUSE_MS; ; pause_ms = Math.min(2 * pause_ms, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayPass(error) || signal.aborted) throw error;
      await timers.sleep(pause_ms, signal);
    }
  }
};
