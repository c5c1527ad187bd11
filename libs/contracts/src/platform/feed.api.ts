import { type Ask, type FeedEntry, face, query, z } from '#lumbung/kernel';

export const ReadFeed = query({ after: z.int().min(0), limit: z.int().min(1).max(500) });
export const AskFeed = query({});

/** How far the feed has come: `told` is recorded, `published` the broker holds as well. */
export type FeedStatus = {
  told: number;
  published: number;
  /** What carries it now, by the broker's name; null while there is no broker. */
  line: string | null;
  /** The event newer than this code before which it stays; nothing is told out of order. */
  parked: { position: string; type: string; version: number } | null;
};

/** What a regency tells to whoever does not have its log. */
export abstract class FeedApi {
  static readonly face = face<FeedApi>('platform.feed', { read: ReadFeed, status: AskFeed });

  /** The entries after the sequence `after`, in order; none at the end. */
  abstract read(ask: Ask<typeof ReadFeed>): Promise<FeedEntry[]>;
  abstract status(ask: Ask<typeof AskFeed>): Promise<FeedStatus>;
}
