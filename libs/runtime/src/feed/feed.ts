import type { EventStore } from '#lumbung/event-store';
import {
  FEED_START,
  type FeedEntry,
  type FeedPlace,
  type Recorded,
  type RegencyCode,
} from '#lumbung/kernel';
import { feedStream } from './feed.stream.js';

/** A told event of the feed's stream, as the entry that it is. */
export const entryOf = ({ data }: Recorded): FeedEntry => data as FeedEntry;

type FeedEnd = {
  place: FeedPlace;
  /** The stored event that was told last. */
  source: string | undefined;
};

/** How far a regency has told. */
export const feedEndOf = async (store: EventStore, regency: RegencyCode): Promise<FeedEnd> => {
  const backwards = { direction: 'backwards', limit: 1 } as const;
  for await (const [last] of store.readStream(feedStream.id(regency), backwards)) {
    if (!last) break;
    const { sequence, hash } = entryOf(last);
    return { place: { sequence, hash }, source: last.metadata.causationId };
  }
  return { place: FEED_START, source: undefined };
};

/** The entries after a sequence, as they are stored; at most `limit`. */
export const feedAfter = async (
  store: EventStore,
  regency: RegencyCode,
  { after, limit }: { after: number; limit: number },
): Promise<Recorded[]> => {
  const entries: Recorded[] = [];
  for await (const batch of store.readStream(feedStream.id(regency), { from: after, limit })) {
    entries.push(...batch);
  }
  return entries;
};
