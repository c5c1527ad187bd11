import { Injectable } from '@nestjs/common';
import { type Answer, ProgressApi } from '#lumbung/contracts';
import { Unavailable } from '#lumbung/kernel';
import type { Context } from './caller.js';

/** An answer; `shown` is false when what follows from it cannot be read yet. */
type Followed<T extends Answer> = T & { shown: boolean };

/**
 * What is read after a mutation, or nothing where nobody can be asked now: it is recorded all the
 * same, and whoever is told of a failure would enter it twice.
 */
export const ifReachable = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Unavailable) return;
    throw error;
  }
};

/**
 * Lets a mutation answer when what follows from it can be read, so that people see their own
 * writes; after two seconds, or where somebody
 * that it waits for is not there, it answers all the same, with the position to wait for, and shows
 * nothing rather than how it was before.
 */
@Injectable()
export class Following {
  constructor(private readonly progress: ProgressApi) {}

  async the<T extends Answer>(
    answering: Promise<T>,
    { caller, loaders }: Context,
  ): Promise<Followed<T>> {
    const answer = await answering;
    const { position } = answer;
    const waiting = this.progress.wait({ query: { position }, caller });
    const shown = (await ifReachable(waiting)) ?? false;
    // What an earlier mutation of the same request has read is how it was before this one.
    for (const loader of Object.values(loaders)) loader.clearAll();
    return { ...answer, shown };
  }
}
