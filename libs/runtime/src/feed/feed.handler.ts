import { type AskFeed, FeedApi, type FeedStatus, type ReadFeed } from '#lumbung/contracts';
import type { Ask, FeedEntry } from '#lumbung/kernel';
import { Face, Permission, regencyWide } from '#lumbung/transport';
import { entryOf, feedAfter } from './feed.js';
import { Telling } from './telling.js';

@Face(FeedApi)
export class FeedHandler implements FeedApi {
  constructor(private readonly telling: Telling) {}

  @Permission('feed.read', regencyWide)
  async read({ query }: Ask<typeof ReadFeed>): Promise<FeedEntry[]> {
    const { store, regency } = this.telling;
    return (await feedAfter(store, regency, query)).map(entryOf);
  }

  @Permission('platform.read', 'anywhere')
  async status(_: Ask<typeof AskFeed>): Promise<FeedStatus> {
    return this.telling.status;
  }
}
