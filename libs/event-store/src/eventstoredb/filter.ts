import { eventTypeFilter, type Filter, streamNameFilter } from '@eventstore/db-client';
import { matches, type ReadAll, type Stored } from '../port.js';

/** The stream whose newest event is what a server's log is known by. */
export const IDENTITY_STREAM = 'store-identity';

type Wanted = Pick<ReadAll, 'filter' | 'system'>;

export type Passes = (event: Stored) => boolean;

/** Hides the store's own events: those whose types begin with `$`, and its mark. */
export const passing = ({ filter, system = false }: Wanted): Passes => {
  const isShown = ({ stream, type }: Stored) =>
    system || (!type.startsWith('$') && stream !== IDENTITY_STREAM);
  return (event) => isShown(event) && matches(filter, event.stream, event.type);
};

// At most so many events lie between two words of a server that finds nothing to send.
const WINDOW = 1000;

const anyOf = (names: readonly string[]) =>
  `^(${names.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`;

/**
 * What the server may leave out; undefined where it is to send everything. A server tells how far
 * it is after so many events: after each one where `isLive`, as whoever waits for a position that
 * the filter leaves out would else wait for long.
 */
export const serverFilter = (
  { filter, system = false }: Wanted,
  isLive: boolean,
): Filter | undefined => {
  if (!filter) return;
  const { categories = [], types = [] } = filter;
  // A server knows streams or types, not the one or the other.
  if (categories.length > 0 && types.length > 0) return;
  const pace = { checkpointInterval: 1, maxSearchWindow: isLive ? 1 : WINDOW };
  if (categories.length > 0) {
    return streamNameFilter({ regex: `${anyOf(categories)}(-|$)`, ...pace });
  }
  const shown = types.filter((type) => system || !type.startsWith('$'));
  return eventTypeFilter({ regex: `${anyOf(shown)}$`, ...pace });
};
