import type { EventStore } from './port.js';

const LONG_EVENTS = 50_000;

/**
 * Whether what follows a position is worth a fold on threads: they take half a second to begin,
 * and less is read by then.
 */
export const isLong = async (
  { readAll }: Pick<EventStore, 'readAll'>,
  after?: bigint,
): Promise<boolean> => {
  const from = after === undefined ? undefined : after + 1n;
  let events = 0;
  for await (const batch of readAll({ from, limit: LONG_EVENTS })) events += batch.length;
  return events === LONG_EVENTS;
};
