import type { Finding } from '#lumbung/contracts';
import { FEED_START, FeedEntry, type FeedPlace, follows, type Recorded } from '#lumbung/kernel';

const TOLD = 'feed.Told';

/** Checks that each entry of the feed follows from the one before it, and is what its hash says. */
export class FeedChain {
  readonly findings: Finding[] = [];
  private readonly places = new Map<string, FeedPlace>();

  readonly take = ({ type, stream, data }: Recorded): void => {
    if (type !== TOLD) return;
    const place = this.places.get(stream) ?? FEED_START;
    const entry = FeedEntry.safeParse(data).data;
    if (!entry || !follows(entry, place)) this.broken(stream, place, entry);
    // What comes after a break is held against what was found there.
    this.places.set(stream, entry ?? { ...place, sequence: place.sequence + 1 });
  };

  private broken(stream: string, { sequence, hash }: FeedPlace, found?: FeedEntry): void {
    this.findings.push({
      code: 'FEED_BROKEN',
      subject: stream,
      expected: `${sequence + 1} ${hash}`,
      found: found ? `${found.sequence} ${found.previousHash} ${found.hash}` : '-',
    });
  }
}
