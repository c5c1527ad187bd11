/** The type of the event that says what a stream may let go. */
export const METADATA = '$metadata';

/** `$tb` of a stream that was deleted: no event of it counts until one is appended. */
export const DELETED = Number.MAX_SAFE_INTEGER;

/**
 * A stream's metadata, as EventStoreDB names them: at most `$maxCount` events, none older than
 * `$maxAge` seconds, none before the revision `$tb`. Other keys are whoever's.
 */
export type StreamMetadata = { $maxCount?: number; $maxAge?: number; $tb?: number };

/** The stream that holds the metadata of another. */
export const metadataStream = (stream: string): string => `$$${stream}`;

/** The stream whose metadata a stream holds; undefined when it holds none. */
export const metadataTarget = (stream: string): string | undefined =>
  stream.startsWith('$$') && stream.length > 2 ? stream.slice(2) : undefined;

const AT_LEAST = { $maxCount: 1, $maxAge: 1, $tb: 0 };

/** Why this cannot be the metadata of a stream; undefined when it can. */
export const whyNotMetadata = (metadata: unknown): string | undefined => {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return 'they are no object';
  }
  for (const [key, least] of Object.entries(AT_LEAST)) {
    const value = (metadata as Record<string, unknown>)[key];
    const isRight = value === undefined || (Number.isInteger(value) && (value as number) >= least);
    if (!isRight) return `${key} is no whole number from ${least} on`;
  }
};

/** The first revision that counts by number alone. */
export const firstCounted = ({ $tb = 0 }: StreamMetadata): number =>
  $tb >= DELETED ? DELETED : $tb;

/**
 * The first revision that is still to be read, of a stream from `oldest` to `last`;
 * `storedAt` is when a revision was stored and never runs backwards.
 */
export const firstVisible = (
  metadata: StreamMetadata,
  { oldest, last }: { oldest: number; last: number },
  now_ms: number,
  storedAt: (revision: number) => number,
): number => {
  const { $maxCount = Number.POSITIVE_INFINITY, $maxAge } = metadata;
  let low = Math.max(oldest, firstCounted(metadata), last + 1 - $maxCount);
  if ($maxAge === undefined) return low;
  const since = now_ms - $maxAge * 1000;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (storedAt(middle) < since) low = middle + 1;
    else high = middle;
  }
  return low;
};
