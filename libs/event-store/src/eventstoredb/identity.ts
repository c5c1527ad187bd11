import type { Metadata, Platform } from '#lumbung/kernel';
import { newId } from '../embedded.js';
import { WrongExpectedRevision } from '../port.js';
import type { Connection } from './connection.js';
import { IDENTITY_STREAM } from './filter.js';
import { readStream } from './reading.js';
import { appendTo } from './writing.js';

const NEWEST = { direction: 'backwards', limit: 1 } as const;

const newestOf = async (connection: Connection): Promise<string | undefined> => {
  for await (const [event] of readStream(connection, IDENTITY_STREAM, NEWEST)) return event?.id;
};

/**
 * The id of the newest event of `store-identity`, which the first to open the store appends.
 * Nothing that a server tells differs after an older copy of its data was restored: whoever goes
 * on from such a copy appends another event there, and all that was computed is computed anew.
 */
export const identityOf = async (
  connection: Connection,
  random: Platform['random'],
): Promise<string> => {
  const known = await newestOf(connection);
  if (known) return known;
  const event = {
    ...{ id: newId(random), type: 'store.Identified', version: 1 },
    ...{ data: {}, metadata: {} as Metadata },
  };
  try {
    await appendTo(connection, { stream: IDENTITY_STREAM, events: [event], expected: 'none' });
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
    // Another was first.
  }
  return (await newestOf(connection)) ?? event.id;
};
