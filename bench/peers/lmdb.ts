import { type Database, open, type RootDatabase } from 'lmdb';
import { type MeasuredStore, type NewEvent, PAGE, type Peer } from '../store/peer.js';
import { oncePerTurn } from './turns.js';

type Entry = NewEvent & { stream: string; revision: number };
type Append = { stream: string; events: readonly NewEvent[]; expected: number };

/** The events by position, and the position by stream and revision. */
type Tables = {
  root: RootDatabase;
  events: Database<Entry, number>;
  streams: Database<number, [string, number]>;
};

const tablesIn = (path: string): Tables => {
  // Otherwise a transaction would resolve when it is visible, before it is synced.
  const root = open({ path, overlappingSync: false, eventTurnBatching: false });
  return {
    root,
    events: root.openDB<Entry, number>('events', {
      encoding: 'msgpack',
      sharedStructuresKey: Symbol.for('structures'),
    }),
    streams: root.openDB<number, [string, number]>('streams', { encoding: 'ordered-binary' }),
  };
};

const lastRevision = ({ streams }: Tables, stream: string): number => {
  const backwards = { start: [stream, Infinity], end: [stream, -1], reverse: true, limit: 1 };
  const [last] = streams.getKeys(backwards);
  return last ? last[1] : -1;
};

const openStore = async (path: string): Promise<MeasuredStore> => {
  const tables = tablesIn(path);
  const { root, events, streams } = tables;
  let end = 0;

  const write = ({ stream, events: added, expected }: Append) => {
    let revision = lastRevision(tables, stream);
    if (revision !== expected) throw new Error(`${stream} is at ${revision}, not at ${expected}`);
    for (const event of added) {
      revision += 1;
      end += 1;
      events.putSync(end, { ...event, stream, revision });
      streams.putSync([stream, revision], end);
    }
  };
  const commit = oncePerTurn((appends: Append[]) =>
    root.childTransaction(() => {
      for (const append of appends) write(append);
    }),
  );

  return {
    append: (stream, added, expected) => commit({ stream, events: added, expected }),
    async *readAll() {
      for (let at = 1; at <= end; at += PAGE) {
        yield [...events.getRange({ start: at, end: at + PAGE }).map(({ value }) => value)];
      }
    },
    async readStream(stream) {
      const range = streams.getRange({ start: [stream, 0], end: [stream, Infinity] });
      return [...range.map(({ value }) => events.get(value) as Entry)];
    },
    close: () => root.close(),
  };
};

export const lmdb: Peer = { name: 'lmdb', streams: 1_000, open: openStore };
