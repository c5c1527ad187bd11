import { platformRejections } from '#lumbung/contracts';
import {
  type AnyEventDeclaration,
  type Caller,
  type Clock,
  type CommandId,
  type FeedEntry,
  refuse,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import type { Commands } from '../commands/commands.js';
import { KeepEntry, originStream } from './origin.stream.js';

/** Entries of one cooperative wait for each other; those of none, for each other too. */
export const keyOfEntry = ({ event: { cooperative }, regency }: FeedEntry): string =>
  cooperative ?? regency;

/**
 * Keeps what another regency tells in `origin-{regency}`, each entry once. Rejects an event that
 * this program does not know, or knows otherwise: FEED_EVENT_UNKNOWN, FEED_EVENT_MALFORMED.
 */
export const originKeeper = (
  commands: Commands,
  known: readonly AnyEventDeclaration[],
  clock: Pick<Clock, 'now'>,
) => {
  const declared = new Map(known.map((one) => [one.type, one]));
  return async (entry: FeedEntry): Promise<void> => {
    const { regency, event } = entry;
    const declaration = declared.get(event.type);
    if (!declaration || event.version > declaration.version) {
      throw refuse(platformRejections, 'FEED_EVENT_UNKNOWN', event);
    }
    // An earlier version is brought to this one by whoever reads it.
    const isOfNow = event.version === declaration.version;
    if (isOfNow && !declaration.schema.safeParse(event.data).success) {
      throw refuse(platformRejections, 'FEED_EVENT_MALFORMED', event);
    }
    const id = uuidOf('origin', regency, event.id) as CommandId;
    const caller: Caller = {
      user: `feed:${regency}` as UserName,
      role: 'system',
      correlationId: event.correlationId,
      causationId: event.id,
    };
    const command = { type: KeepEntry.type, data: entry, id, issuedAt: clock.now() };
    await commands.execute(originStream, [regency], command, caller);
  };
};
