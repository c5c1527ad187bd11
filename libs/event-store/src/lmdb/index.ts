import { type Platform, uuidOf } from '#lumbung/kernel';
import { checkAppend, positionAfter, weigh } from '../append.js';
import { type Append, groupCommit } from '../commits.js';
import { type Appended, type EventStore, StoreUnavailable } from '../port.js';
import { bell, ensureOpen, type Log, reading } from '../reading.js';
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
  const growth = bell();
  let head = end();
  let closing: Promise<void> | undefined;

  const commits = groupCommit(async (take) => {
    const answers = await tables.root.childTransaction(() => take().map(write)).catch(throwReason);
    head = end();
    growth.ring();
    return answers;
  });

  const log: Log = {
    isClosed: () => closing !== undefined,
    head: () => (head === 0n ? undefined : head),
    changed: (signal) => growth.heard(signal),
    streamPage: (stream, direction, from, limit) =>
      streamPage(tables, stream, direction, from, limit),
    page: (direction, from, limit) =>
      logPage(tables, direction, from === undefined ? from : Number(from), Number(head), limit),
  };

  const close = async () => {
    growth.ring();
    await commits.close();
    await tables.root.close();
  };

  return {
    id,
    exclusive: true,
    ...reading(log),
    async append(stream, events, expected) {
      checkAppend(stream, events, expected);
      ensureOpen(log);
      return commits.append({ stream, events, expected });
    },
    close: () => (closing ??= close()),
  };
};
