import { ProgressApi } from '#lumbung/contracts';
import type { Caller } from '#lumbung/kernel';
import type { Bus } from './bus.js';
import { clientFor } from './faces.module.js';

/**
 * Resolves when all that has been written by now can be read, and what followed from it is done;
 * or after `most` looks of two seconds, since something may have to wait for a person.
 */
export const followed = async (bus: Bus, caller: Caller, most = Infinity): Promise<void> => {
  const progress = clientFor(ProgressApi, bus);
  const { head: position } = await progress.progress({ query: {}, caller });
  if (position === null) return;
  for (let look = 0; look < most; look++) {
    if (await progress.wait({ query: { position }, caller })) return;
  }
};
