import { platformRejections } from '#lumbung/contracts';
import { type Projection, Rejection, Unavailable } from '#lumbung/kernel';
import type { Entry, Query } from '#lumbung/read-store';
import type { Building } from './building.js';
import type { ProjectionRunner } from './projection-runner.js';

/** `after` waits until the projection has seen that log position. */
export type ReadOptions = { after?: bigint };

/** One page in the order of an index, and what continues it. */
export type Listed<Doc> = { nodes: Doc[]; endCursor: string | null; hasNextPage: boolean };

/** What handlers read: the documents of projections, in the build that serves. */
export class ReadModels {
  constructor(private readonly runner: ProjectionRunner) {}

  async get<Doc extends object>(
    projection: Projection<Doc>,
    key: string,
    options?: ReadOptions,
  ): Promise<Doc | undefined> {
    const { source, collection } = await this.serving(projection, options);
    return source.readStore.get<Doc>(collection, key);
  }

  /** In the order of `keys`, with gaps. */
  async getMany<Doc extends object>(
    projection: Projection<Doc>,
    keys: readonly string[],
    options?: ReadOptions,
  ): Promise<(Doc | undefined)[]> {
    const { source, collection } = await this.serving(projection, options);
    return source.readStore.getMany<Doc>(collection, keys);
  }

  async query<Doc extends object>(
    projection: Projection<Doc>,
    query: Query,
    options?: ReadOptions,
  ): Promise<Entry<Doc>[]> {
    const { source, collection } = await this.serving(projection, options);
    return source.readStore.query<Doc>(collection, query);
  }

  /** `query.limit` nodes at most; asks for one more to know whether the list goes on. */
  async page<Doc extends object>(
    projection: Projection<Doc>,
    query: Query,
    options?: ReadOptions,
  ): Promise<Listed<Doc>> {
    const found = await this.query(projection, { ...query, limit: query.limit + 1 }, options);
    const entries = found.slice(0, query.limit);
    return {
      nodes: entries.map(({ document }) => document),
      endCursor: entries.at(-1)?.cursor ?? null,
      hasNextPage: found.length > query.limit,
    };
  }

  private async serving<Doc extends object>(
    projection: Projection<Doc>,
    { after }: ReadOptions = {},
  ): Promise<Building> {
    if (after !== undefined) await this.runner.arrivals.until(after);
    const build = this.runner.servingBuild(projection);
    if (!build) throw new Unavailable('NOT_CAUGHT_UP', platformRejections.NOT_CAUGHT_UP);
    return build;
  }
}

/** A cursor that no list has given. */
export const cursorMalformed = (): Rejection =>
  new Rejection('CURSOR_MALFORMED', platformRejections.CURSOR_MALFORMED);
