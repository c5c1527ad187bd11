import { type Database, open, type RangeOptions, type RootDatabase } from 'lmdb';
import { documentKey, entryKeys, isLater } from '../documents.js';
import type { Interval } from '../order.js';
import type { Checkpoint, Put, Stored } from '../port.js';

export type Tables = {
  root: RootDatabase;
  /** By collection and key. */
  documents: Database<Stored, Buffer>;
  /** From collection, index, values and key to the key. */
  entries: Database<string, Buffer>;
  checkpoints: Database<Checkpoint, string>;
  pointers: Database<string, string>;
};

// JSON, since msgpack remembers the shapes of objects, also of a transaction that was aborted.
export const openTables = (path: string): Tables => {
  // With eventTurnBatching a failed commit would also reject a promise that nobody can reach.
  const root = open({ path, eventTurnBatching: false });
  return {
    root,
    documents: root.openDB('documents', { keyEncoding: 'binary', encoding: 'json' }),
    entries: root.openDB('entries', { keyEncoding: 'binary', encoding: 'string' }),
    checkpoints: root.openDB('checkpoints', { encoding: 'json' }),
    pointers: root.openDB('pointers', { encoding: 'string' }),
  };
};

/** Runs `write` as one transaction, or not at all. */
export const transact = async ({ root }: Tables, write: () => void): Promise<void> => {
  try {
    await root.childTransaction(write);
  } catch (error) {
    // lmdb keeps the reason of a failed commit in a promise, which rejects with it.
    await (error as { commitError?: Promise<never> }).commitError;
    throw error;
  }
};

/** Within a transaction. */
export const replace = (
  { documents, entries }: Tables,
  { collection, key, document, position }: Put,
) => {
  const place = documentKey(collection, key);
  const stored = documents.get(place);
  if (stored && !isLater(position, stored.position)) return;
  const before = stored ? entryKeys(collection, key, stored.document) : [];
  entryKeys(collection, key, document).forEach((entry, index) => {
    const old = before[index];
    if (entry && old?.equals(entry)) return;
    if (old) entries.removeSync(old);
    if (entry) entries.putSync(entry, key);
  });
  documents.putSync(place, { position, document });
};

export const rangeOf = ({ from, to }: Interval, reverse: boolean, limit: number): RangeOptions =>
  reverse
    ? { start: to, exclusiveStart: true, end: from, inclusiveEnd: true, reverse, limit }
    : { start: from, end: to, limit };
