import type { Database } from 'lmdb';
import { checkPut, documentKey, ofCollection } from '../documents.js';
import type { Interval } from '../order.js';
import type { Collection, Document, Entry, Query, ReadStore, Stored } from '../port.js';
import { scanOf } from '../query.js';
import { openTables, rangeOf, replace, type Tables, transact } from './tables.js';

const DROPPED_AT_ONCE = 5000;

type Write = (work: () => void) => Promise<void>;

/** Removes an interval of a table in transactions that leave room for others in between. */
const removeAll = async (write: Write, table: Database<unknown, Buffer>, interval: Interval) => {
  for (;;) {
    const keys = [...table.getKeys(rangeOf(interval, false, DROPPED_AT_ONCE))];
    if (keys.length === 0) return;
    await write(() => {
      for (const key of keys) table.removeSync(key);
    });
  }
};

const storedAt = (tables: Tables, collection: Collection, key: string): Stored | undefined =>
  tables.documents.get(documentKey(collection, key));

const documentAt = (tables: Tables, collection: Collection, key: string): Document | undefined =>
  storedAt(tables, collection, key)?.document;

const entriesOf = (tables: Tables, collection: Collection, query: Query): Entry<Document>[] => {
  const { from, to, reverse, limit, cursorOf } = scanOf(collection, query);
  const found: Entry<Document>[] = [];
  const range = rangeOf({ from, to }, reverse, limit);
  for (const { key: entry, value: key } of tables.entries.getRange(range)) {
    const document = documentAt(tables, collection, key);
    if (!document) throw new Error(`an entry of ${collection.name} leads to no document`);
    found.push({ key, document, cursor: cursorOf(entry) });
  }
  return found;
};

/**
 * Opens or creates a read store in LMDB, in a folder of its own. Documents and checkpoints are
 * committed together, and synced a moment later: a power cut takes the newest of both, and what
 * is lost is folded again from the log.
 */
export const openLmdbReadStore = async ({ path }: { path: string }): Promise<ReadStore> => {
  const tables = openTables(path);
  let closing: Promise<void> | undefined;

  const opened = (): Tables => {
    if (closing !== undefined) throw new Error('the read store is closed');
    return tables;
  };

  let hasFailed = false;
  const write: Write = async (work) => {
    try {
      await transact(opened(), work);
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };

  return {
    async get<Doc>(collection: Collection, key: string) {
      return documentAt(opened(), collection, key) as Doc | undefined;
    },
    async getMany<Doc>(collection: Collection, keys: readonly string[]) {
      return keys.map((key) => documentAt(opened(), collection, key) as Doc | undefined);
    },
    async getStored(collection, keys) {
      return keys.map((key) => storedAt(opened(), collection, key));
    },
    async put(puts, checkpoints) {
      for (const put of puts) checkPut(put);
      await write(() => {
        for (const put of puts) replace(tables, put);
        for (const [build, checkpoint] of Object.entries(checkpoints)) {
          tables.checkpoints.putSync(build, checkpoint);
        }
      });
    },
    async query<Doc>(collection: Collection, query: Query) {
      return entriesOf(opened(), collection, query) as Entry<Doc>[];
    },
    async checkpoint(build) {
      return opened().checkpoints.get(build);
    },
    async pointer(name) {
      return opened().pointers.get(name);
    },
    async setPointer(name, value) {
      await write(() => tables.pointers.putSync(name, value));
    },
    async drop(collection) {
      // The checkpoint first: what is left after a crash is then no build that counts.
      await write(() => tables.checkpoints.removeSync(collection.name));
      await removeAll(write, tables.entries, ofCollection(collection));
      await removeAll(write, tables.documents, ofCollection(collection));
    },
    close() {
      // lmdb waits for ever for what it could not sync; what is lost is folded again.
      closing ??= hasFailed ? Promise.resolve() : tables.root.close();
      return closing;
    },
  };
};
