import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DomainEvent, Recorded } from '../event.js';
import { uuidOf } from '../values/identifier.js';
import { canonicalJson, withoutUndefined } from '../values/json.js';
import { RegencyCode } from '../values/region.js';
import { Instant, PlainDate } from '../values/time.js';

/**
 * A public event as a regency tells it to whoever does not have its log: what happened, when and
 * where, and neither who did it nor at which place of the log.
 */
export const ToldEvent = z.strictObject({
  id: z.uuid('ID_MALFORMED'),
  type: z.string().min(1).max(200),
  version: z.int().min(1),
  cooperative: z.string().max(20).optional(),
  recordedAt: Instant,
  businessDate: PlainDate,
  correlationId: z.string().max(200),
  causationId: z.string().max(200),
  simulated: z.literal(true).optional(),
  data: z.json(),
});
export type ToldEvent = z.infer<typeof ToldEvent>;

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * One place in a regency's feed: `sequence` counts from 1 without a gap, and `hash` is SHA-256,
 * in hex, of the canonical JSON of everything else here, so that it says what came before too.
 */
export const FeedEntry = z.strictObject({
  regency: RegencyCode,
  sequence: z.int().min(1),
  previousHash: Digest,
  hash: Digest,
  event: ToldEvent,
});
export type FeedEntry = z.infer<typeof FeedEntry>;

/** The end of a feed as far as somebody has come. */
export type FeedPlace = Pick<FeedEntry, 'sequence' | 'hash'>;

/** Before the first entry. */
export const FEED_START: FeedPlace = { sequence: 0, hash: '0'.repeat(64) };

const hashOf = (entry: Omit<FeedEntry, 'hash'>): string =>
  createHash('sha256').update(canonicalJson(entry)).digest('hex');

/** The entry that follows `place`. */
export const entryAfter = (
  { sequence, hash }: FeedPlace,
  regency: RegencyCode,
  event: ToldEvent,
): FeedEntry => {
  const entry = { regency, sequence: sequence + 1, previousHash: hash, event };
  return { ...entry, hash: hashOf(entry) };
};

/** Whether an entry is the one after `place`, and is what its hash says. */
export const follows = ({ hash, ...entry }: FeedEntry, place: FeedPlace): boolean =>
  entry.sequence === place.sequence + 1 &&
  entry.previousHash === place.hash &&
  hash === hashOf(entry);

/** What a stored event is told as: each of the public events that are made of it. */
export const toldOf = (
  { id, metadata }: Pick<Recorded, 'id' | 'metadata'>,
  events: readonly DomainEvent[],
): ToldEvent[] => {
  const { cooperative, recordedAt, businessDate, correlationId, simulated } = metadata;
  const origin = { cooperative, recordedAt, businessDate, correlationId, causationId: id };
  return events.map(({ type, version, data }, index) =>
    withoutUndefined({
      id: uuidOf('told', id, index),
      ...{ type, version, ...origin, simulated, data: data as ToldEvent['data'] },
    }),
  );
};
