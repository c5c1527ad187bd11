import { nodePlatform } from '#lumbung/runtime';
import { progressBar } from './output.js';

const LOOK_MS = 300;

/** How much of the log has been read, 0 to 100; positions are decimal text. */
export const percentOf = (
  position: string | null | undefined,
  head: string | null | undefined,
): number => {
  if (!position || !head || head === '0') return 0;
  return Math.min(100, Math.floor((Number(position) / Number(head)) * 100));
};

/** Shows a bar while `work` runs, by looking now and then how many percent are done. */
export const watched = async <T>(
  title: string,
  work: Promise<T>,
  look: () => Promise<number>,
): Promise<T> => {
  const bar = progressBar(title);
  const ended = new AbortController();
  const { signal } = ended;
  const watch = async () => {
    while (!signal.aborted) {
      await nodePlatform.timers.sleep(LOOK_MS, signal);
      // The work itself says what went wrong; a bar that cannot be drawn says nothing.
      const percent = signal.aborted ? undefined : await look().catch(() => undefined);
      if (percent !== undefined && !signal.aborted) bar.update(percent, 100);
    }
  };
  const watching = watch();
  try {
    return await work;
  } finally {
    ended.abort();
    await watching;
    bar.stop();
  }
};
