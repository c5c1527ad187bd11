import { createHash } from 'node:crypto';
import {
  canonicalJson,
  FEED_START,
  type FeedEntry,
  FeedEntry as FeedEntrySchema,
  follows,
  type RegencyCode,
  toldOf,
  uuidOf,
} from '#lumbung/kernel';
import { given, TEST_METADATA } from '#lumbung/kernel/testing';
import { CoinsTold } from '../testing/coin-log.js';
import { feedStream, Tell, Told } from './feed.stream.js';

const regency = '35.06' as RegencyCode;
const source = { id: uuidOf('source'), metadata: { ...TEST_METADATA, actor: 'siti' } };
const two = toldOf(source, [CoinsTold({ coins: 1 }), CoinsTold({ coins: 2 })]);

const entries = (...history: FeedEntry[]): FeedEntry[] =>
  given(feedStream, ...history.map((entry) => Told(entry)))
    .when(Tell, { regency, events: two })
    .then()
    .map(({ data }) => data as FeedEntry);

describe('the feed of a regency', () => {
  it('numbers what it tells without a gap, and chains it by hashes', () => {
    const [first, second] = entries() as [FeedEntry, FeedEntry];
    expect([first.sequence, second.sequence]).toEqual([1, 2]);
    expect(follows(first, FEED_START)).toBe(true);
    expect(follows(second, first)).toBe(true);
    const [third] = entries(first, second) as [FeedEntry];
    expect(third.sequence).toBe(3);
    expect(follows(third, second)).toBe(true);
  });

  it('has hashes that anybody can check: SHA-256 of the JSON with its keys in order', () => {
    const [{ hash, ...entry }] = entries() as [FeedEntry];
    expect(createHash('sha256').update(canonicalJson(entry)).digest('hex')).toBe(hash);
  });

  it('is broken by a change, a gap, a repeat and another order', () => {
    const [first, second] = entries() as [FeedEntry, FeedEntry];
    const changed = { ...first, event: { ...first.event, data: { coins: 3 } } };
    expect(follows(changed, FEED_START)).toBe(false);
    expect(follows({ ...first, regency: '35.05' as RegencyCode }, FEED_START)).toBe(false);
    expect(follows(second, FEED_START)).toBe(false);
    expect(follows(first, first)).toBe(false);
    expect(follows(second, { ...first, hash: second.hash })).toBe(false);
  });

  it('tells what happened, where and when, and not who did it', () => {
    const [{ event, ...entry }] = entries() as [FeedEntry];
    expect(FeedEntrySchema.parse({ ...entry, event })).toEqual({ ...entry, event });
    expect(event).toEqual({
      ...{ id: uuidOf('told', source.id, 0), type: 'jar.CoinsTold', version: 1 },
      ...{ cooperative: '35.06.17.1009', causationId: source.id, correlationId: 'test' },
      ...{ recordedAt: TEST_METADATA.recordedAt, businessDate: '2026-03-02' },
      data: { coins: 1 },
    });
    expect(JSON.stringify(event)).not.toContain('siti');
  });
});
