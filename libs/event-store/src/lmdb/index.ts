import { type Platform, uuidOf } from '#lumbung/kernel';
import { positionAfter, weigh } from '../append.js';
import type { Append } from '../commits.js';
import { embeddedStore } from '../embedded.js';
import { type Appended, type EventStore, StoreUnavailable } from '../port.js';
import {
  eventOf,
  lastPosition,
  lastRevision,
  logPage,
  openTables,
  streamPage,
  type Tables,
} from './tables.js';

export type LmdbEventStoreOptions = {
  /** A folder, made when it is not there. */
  path: string;
  /** From which a new store takes its id. */
  random: Platform['random'];
};

const openedTables = (path: string): Tables => {
  try {
    return openTables(path);
  } catch (cause) {
    throw new StoreUnavailable(`the event log in ${path} cannot be opened`, { cause });
  }
};

const identify = async ({ root }: Tables, random: Platform['random']): Promise<string> => {
  const known = root.get('id');
  if (known) return known;
  const id = uuidOf('event-store', Buffer.from(random.bytes(16)).toString('hex'));
  await root.put('id', id);
  return id;
};

/** Writes appends inside a transaction, each after the last; `end` is where the log ends then. */
const writer = (tables: Tables) => {
  let end = BigInt(lastPosition(tables));

  const write = ({ stream, events, expected }: Append): Appended | Error => {
    let revision = lastRevision(tables, stream);
    const at = (earlier: number) => eventOf(tables, stream, earlier);
    const answer = weigh(stream, events, expected, { last: revision, at });
    if (answer !== 'write') return answer;
    for (const event of events) {
      revision += 1;
      end = positionAfter(end, stream, event);
      tables.events.putSync(Number(end), { ...event, stream, revision });
      tables.streams.putSync([stream, revision], Number(end));
    }
    return { revision, position: end };
  };

  return { write, end: () => end };
};

/** lmdb keeps the reason of a failed commit in a promise, which nobody else would handle. */
const throwReason = async (error: { commitError?: Promise<never> }): Promise<never> => {
  await error.commitError;
  throw error;
};

/**
 * Opens or creates an event log in LMDB. One process at a time may have it open: whoever opens
 * it holds a lock on the data folder. Throws `StoreUnavailable` when it cannot be opened.
 */
export const openLmdbEventStore = async (options: LmdbEventStoreOptions): Promise<EventStore> => {
  const tables = openedTables(options.path);
  const id = await identify(tables, options.random);
  const { write, end } = writer(tables);
  let head = end();

  return embeddedStore({
    id,
    commit: async (take) => {
      const writing = tables.root.childTransaction(() => take().map(write));
      const answers = await writing.catch(throwReason);
      head = end();
      return answers;
    },
    head: () => (head === 0n ? undefined : head),
    streamPage: (...page) => streamPage(tables, ...page),
    page: (direction, from, limit) =>
      logPage(tables, direction, from === undefined ? from : Number(from), Number(head), limit),
    release: () => tables.root.close(),
  });
};
