import { platformRejections } from '#lumbung/contracts';
import { type Projection, refuse, Unavailable } from '#lumbung/kernel';
import type { Collection, Entry, Query, ReadStore } from '#lumbung/read-store';
import type { Projections } from './projection-runner.js';

/** One page in the order of an index, and what continues it. */
export type Listed<Doc> = { nodes: Doc[]; endCursor: string | null; hasNextPage: boolean };

/** What handlers read: the documents of projections, in the build that serves. */
export class ReadModels {
  constructor(private readonly runner: Projections) {}

  /** Undefined where no event has touched the document yet. */
  async find<Doc extends object>(
    projection: Projection<Doc>,
    key: string,
  ): Promise<Doc | undefined> {
    return this.serving(projection, (readStore, collection) => readStore.get(collection, key));
  }

  /** As `find`, but an untouched document reads as it begins. */
  async read<Doc extends object>(projection: Projection<Doc>, key: string): Promise<Doc> {
    return (await this.find(projection, key)) ?? projection.initial(key);
  }

  /** In the order of `keys`, with gaps. */
  async findMany<Doc extends object>(
    projection: Projection<Doc>,
    keys: readonly string[],
  ): Promise<(Doc | undefined)[]> {
    return this.serving(projection, (readStore, collection) => readStore.getMany(collection, keys));
  }

  async readMany<Doc extends object>(
    projection: Projection<Doc>,
    keys: readonly string[],
  ): Promise<Doc[]> {
    const found = await this.findMany(projection, keys);
    return keys.map((key, index) => found[index] ?? projection.initial(key));
  }

  async query<Doc extends object>(
    projection: Projection<Doc>,
    query: Query,
  ): Promise<Entry<Doc>[]> {
    return this.serving(projection, (readStore, collection) => readStore.query(collection, query));
  }

  /**
   * `query.limit` nodes at most; asks for one more to know whether the list goes on. Rejects
   * CURSOR_MALFORMED.
   */
  async page<Doc extends object>(projection: Projection<Doc>, query: Query): Promise<Listed<Doc>> {
    const asked = { ...query, limit: query.limit + 1 };
    const found = await this.query(projection, asked).catch((error: unknown) => {
      const isCursor = query.after !== undefined && error instanceof RangeError;
      throw isCursor ? refuse(platformRejections, 'CURSOR_MALFORMED') : error;
    });
    const entries = found.slice(0, query.limit);
    return {
      nodes: entries.map(({ document }) => document),
      endCursor: entries.at(-1)?.cursor ?? null,
      hasNextPage: found.length > query.limit,
    };
  }

  /** Reads again where another build has taken the place meanwhile: the old one may be gone. */
  private async serving<Doc extends object, Found>(
    projection: Projection<Doc>,
    reading: (readStore: ReadStore, collection: Collection) => Promise<Found>,
  ): Promise<Found> {
    for (;;) {
      const build = this.runner.servingBuild(projection);
      if (!build) throw new Unavailable('NOT_CAUGHT_UP', platformRejections.NOT_CAUGHT_UP);
      const found = await reading(build.source.readStore, build.collection);
      if (build.serves) return found;
    }
  }
}
