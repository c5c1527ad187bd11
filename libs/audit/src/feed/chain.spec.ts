import {
  entryAfter,
  FEED_START,
  type FeedEntry,
  type FeedPlace,
  type RegencyCode,
  toldOf,
} from '#lumbung/kernel';
import { recorded } from '#lumbung/kernel/testing';
import { FeedChain } from './chain.js';

const regency = '35.06' as RegencyCode;

const chain = (count: number): FeedEntry[] => {
  let place: FeedPlace = FEED_START;
  return Array.from({ length: count }, (_, at) => {
    const happened = { type: 'test.Told', version: 1, data: { at } };
    const [told] = toldOf(recorded(happened, at), [happened]) as [FeedEntry['event']];
    const entry = entryAfter(place, regency, told);
    place = entry;
    return entry;
  });
};

const findingsOf = (...entries: unknown[]) => {
  const check = new FeedChain();
  entries.forEach((data, at) => {
    const told = { ...recorded({ type: 'feed.Told', version: 1, data }, at), stream: 'feed-35.06' };
    check.take(told);
  });
  check.take(recorded({ type: 'test.Happened', version: 1, data: {} }));
  return check.findings;
};

describe('the chain of a feed', () => {
  it('is whole', () => {
    expect(findingsOf(...chain(3))).toEqual([]);
  });

  it('is broken once by an entry that is missing, changed or unreadable', () => {
    const [first, second, third] = chain(3) as [FeedEntry, FeedEntry, FeedEntry];
    const changed = { ...second, event: { ...second.event, data: { at: 7 } } };
    expect(findingsOf(first, third)).toMatchObject([
      { code: 'FEED_BROKEN', subject: 'feed-35.06', expected: expect.stringMatching(/^2 /) },
    ]);
    expect(findingsOf(first, changed, third)).toHaveLength(1);
    expect(findingsOf(first, {}, third)).toMatchObject([{ found: '-' }, {}]);
  });
});
