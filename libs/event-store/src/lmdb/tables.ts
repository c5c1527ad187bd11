import { type Database, open, type RangeOptions, type RootDatabase } from 'lmdb';
import type { Recorded } from '#lumbung/kernel';
import type { Direction } from '../port.js';

type Stored = Omit<Recorded, 'position'>;

/** The events by position, and the position by stream and revision. */
export type Tables = {
  root: RootDatabase<string, string>;
  events: Database<Stored, number>;
  streams: Database<number, [string, number]>;
};

const FIELD = /^[a-z]\w*$/i;

// The field names of a shape are stored once for all its objects, and stay; so objects whose keys
// are data, such as amounts by account, are written as maps.
const hasShape = (object: object): boolean => {
  const keys = Object.keys(object);
  return keys.length <= 32 && keys.every((key) => FIELD.test(key));
};

const PACKED = {
  encoding: 'msgpack',
  sharedStructuresKey: Symbol.for('structures'),
  maxSharedStructures: 1000,
  useRecords: hasShape,
  mapsAsObjects: true,
} as const;

export const openTables = (path: string): Tables => {
  const root = open<string, string>({
    path,
    encoding: 'string',
    // Otherwise a transaction would resolve when it is visible, before it is synced.
    overlappingSync: false,
    // Otherwise a failed commit would also reject a promise that nobody can reach.
    eventTurnBatching: false,
  });
  return {
    root,
    events: root.openDB<Stored, number>('events', PACKED),
    streams: root.openDB<number, [string, number]>('streams', { encoding: 'ordered-binary' }),
  };
};

/** How far the log reaches; 0 when it is empty. */
export const lastPosition = ({ events }: Tables): number => {
  const [last = 0] = events.getKeys({ start: Infinity, end: 0, reverse: true, limit: 1 });
  return last;
};

/** −1 when there is no such stream. */
export const lastRevision = ({ streams }: Tables, stream: string): number => {
  const backwards = { start: [stream, Infinity], end: [stream, -1], reverse: true, limit: 1 };
  const [last] = streams.getKeys(backwards);
  return last ? last[1] : -1;
};

const recorded = (stored: Stored, position: number): Recorded =>
  Object.assign(stored, { position: BigInt(position) });

const eventAt = ({ events }: Tables, position: number): Recorded => {
  const stored = events.get(position);
  if (!stored) throw new Error(`the event log has no event at ${position}`);
  return recorded(stored, position);
};

export const eventOf = (tables: Tables, stream: string, revision: number) => {
  const position = tables.streams.get([stream, revision]);
  return position === undefined ? undefined : eventAt(tables, position);
};

/** Up to `limit` events of a stream; `from` is inclusive. */
export const streamPage = (
  tables: Tables,
  stream: string,
  direction: Direction,
  from: number | undefined,
  limit: number,
): Recorded[] => {
  const range: RangeOptions =
    direction === 'forwards'
      ? { start: [stream, from ?? 0], end: [stream, Infinity], limit }
      : { start: [stream, from ?? Infinity], end: [stream, -1], reverse: true, limit };
  const entries = tables.streams.getRange(range);
  return [...entries.map(({ value }) => eventAt(tables, value))];
};

/** Up to `limit` events of the log as far as `head`; `from` is inclusive. */
export const logPage = (
  { events }: Tables,
  direction: Direction,
  from: number | undefined,
  head: number,
  limit: number,
): Recorded[] => {
  const range: RangeOptions =
    direction === 'forwards'
      ? { start: from ?? 0, end: head + 1, limit }
      : { start: Math.min(from ?? head, head), end: 0, reverse: true, limit };
  return [...events.getRange(range).map(({ key, value }) => recorded(value, key))];
};
