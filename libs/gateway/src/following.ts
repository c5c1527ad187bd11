import { Injectable } from '@nestjs/common';
import { type Answer, ProgressApi } from '#lumbung/contracts';
import type { Context } from './caller.js';

/**
 * Lets a mutation answer when what follows from it can be read, so that people see their own
 * writes; after two seconds it answers all the same, with the position to wait for.
 */
@Injectable()
export class Following {
  constructor(private readonly progress: ProgressApi) {}

  async the<T extends Answer>(answering: Promise<T>, { caller }: Context): Promise<T> {
    const answer = await answering;
    await this.progress.wait({ query: { position: answer.position }, caller });
    return answer;
  }
}
