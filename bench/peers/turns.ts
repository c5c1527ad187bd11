import { setImmediate } from 'node:timers/promises';

type Waiting<T> = { item: T; resolve: () => void; reject: (reason: unknown) => void };

/** Does together what is asked in one turn of the event loop, and one lot at a time. */
export const oncePerTurn = <T>(commit: (items: T[]) => unknown) => {
  let waiting: Waiting<T>[] = [];
  let running = false;

  const run = async () => {
    running = true;
    while (waiting.length > 0) {
      await setImmediate();
      const lot = waiting;
      waiting = [];
      try {
        await commit(lot.map(({ item }) => item));
        for (const { resolve } of lot) resolve();
      } catch (error) {
        for (const { reject } of lot) reject(error);
      }
    }
    running = false;
  };

  return (item: T): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void run();
    });
};
