import type { EventStore } from './port.js';

const LONG_EVENTS = 300_000;

/**
 * Whether so many events follow a position that a fold on threads is worth it: they take a second
 * or two to begin and to be fast, and less is read by then (`npm run bench -- replay`).
 */
export const isLong = async (
  { readAll }: Pick<EventStore, 'readAll'>,
  after?: bigint,
  many = LONG_EVENTS,
): Promise<boolean> => {
  const from = after === undefined ? undefined : after + 1n;
  let events = 0;
  for await (const batch of readAll({ from, limit: many })) events += batch.length;
  return events === many;
};
