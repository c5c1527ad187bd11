import type { Type } from '@nestjs/common';
import {
  type About,
  type ArriveAt,
  type AskAbout,
  type AskProgress,
  type FollowTo,
  type Progress,
  type ReadingApi,
  type RebuildProjection,
  type Rebuilt,
  readingOf,
} from '#lumbung/contracts';
import type { Ask, Caller, UserName } from '#lumbung/kernel';
import { type Bus, clientFor, Face, Permission, regencyWide } from '#lumbung/transport';
import { Engine } from './engine.js';
import type { Readers } from './waiting.js';

const LIMIT_MS = 1_000;

/** Answers for the readers of its process, to the one that waits for all. */
export const readingHandlerOf = (process: string): Type<ReadingApi> => {
  @Face(readingOf(process))
  class ReadingHandler implements ReadingApi {
    constructor(private readonly engine: Engine) {}

    @Permission('platform.read', 'anywhere')
    async follow({ query: { position, limit_ms } }: Ask<typeof FollowTo>): Promise<string | null> {
      const followed = this.engine.progress.follow(BigInt(position));
      const furthest = await this.within(limit_ms, followed);
      return furthest === undefined ? null : String(furthest);
    }

    @Permission('platform.read', 'anywhere')
    async arrive({ query: { position, limit_ms } }: Ask<typeof ArriveAt>): Promise<boolean> {
      const arrived = this.engine.progress.arrive(BigInt(position)).then(() => true);
      return (await this.within(limit_ms, arrived)) ?? false;
    }

    @Permission('platform.read', 'anywhere')
    progress(_: Ask<typeof AskProgress>): Promise<Progress> {
      return this.engine.progress.progress();
    }

    @Permission('platform.rebuild', regencyWide)
    rebuild({ query: { projection } }: Ask<typeof RebuildProjection>): Promise<Rebuilt[]> {
      return this.engine.progress.rebuild(projection);
    }

    @Permission('platform.read', 'anywhere')
    about(_: Ask<typeof AskAbout>): Promise<About> {
      return this.engine.progress.about();
    }

    private async within<T>(limit_ms: number, awaited: Promise<T>): Promise<T | undefined> {
      const ended = new AbortController();
      const limit = this.engine.timers.sleep(limit_ms, ended.signal).then(() => undefined);
      try {
        return await Promise.race([awaited, limit]);
      } finally {
        ended.abort();
      }
    }
  }
  return ReadingHandler;
};

const caller: Caller = { user: 'system:reading' as UserName, role: 'system', correlationId: '' };

/** The readers of another process, over the bus. */
export const readersOf = (process: string, bus: Bus): Readers => {
  const api = clientFor(readingOf(process), bus);
  const asked = (position: bigint) => ({
    query: { position: String(position), limit_ms: LIMIT_MS },
    caller,
  });
  return {
    async follow(position, signal) {
      while (!signal.aborted) {
        const furthest = await api.follow(asked(position));
        if (furthest !== null) return BigInt(furthest);
      }
      return position;
    },
    async arrive(position, signal) {
      while (!signal.aborted && !(await api.arrive(asked(position))));
    },
    async progress() {
      const told = await api.progress({ query: {}, caller });
      const { all } = told.projections;
      return { ...told, projections: all ? { [process]: all } : {} };
    },
    rebuild: (projection, asking) =>
      api.rebuild({ query: projection === undefined ? {} : { projection }, caller: asking }),
    about: () => api.about({ query: {}, caller }),
  };
};
