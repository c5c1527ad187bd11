import { Injectable } from '@nestjs/common';
import { type Answer, ProgressApi } from '#lumbung/contracts';
import type { Context } from './caller.js';

/** An answer; `shown` is false when what follows from it cannot be read yet. */
type Followed<T extends Answer> = T & { shown: boolean };

/**
 * Lets a mutation answer when what follows from it can be read, so that people see their own
 * writes; after two seconds it answers all the same, with the position to wait for, and shows
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
    const shown = await this.progress.wait({ query: { position }, caller });
    // What an earlier mutation of the same request has read is how it was before this one.
    for (const loader of Object.values(loaders)) loader.clearAll();
    return { ...answer, shown };
  }
}
