import { checkPut, documentKey, entryKeys, isLater } from '../documents.js';
import type { Checkpoint, Collection, Document, Put, Query, ReadStore, Stored } from '../port.js';
import { scanOf } from '../query.js';
import { orderedKeys } from './ordered-keys.js';
import { type Pointers, sharedIn } from './shared.js';

// One code unit a byte: a text in the same order, and one that a map can find.
const asText = (bytes: Buffer) => bytes.toString('latin1');
const asBytes = (text: string) => Buffer.from(text, 'latin1');

/** Documents by key, as text, so that later changes to an object do not reach them. */
const emptyCollection = () => ({
  documents: new Map<string, { position: string; text: string }>(),
  /** From an index entry to the key of its document. */
  entries: new Map<string, string>(),
  order: orderedKeys(),
});

type Contents = ReturnType<typeof emptyCollection>;

const entriesOf = (collection: Collection, key: string, document: Document): string[] =>
  entryKeys(collection, key, document)
    .filter((entry) => entry !== undefined)
    .map(asText);

/** Throws for what cannot be put, so that nothing is written then. */
const check = (put: Put) => {
  checkPut(put);
  documentKey(put.collection, put.key);
  entryKeys(put.collection, put.key, put.document);
};

const replace = (contents: Contents, { collection, key, document, position }: Put) => {
  const { documents, entries, order } = contents;
  const stored = documents.get(key);
  if (stored && !isLater(position, stored.position)) return;
  const before = stored ? entriesOf(collection, key, JSON.parse(stored.text)) : [];
  for (const entry of before) {
    entries.delete(entry);
    order.remove(entry);
  }
  documents.set(key, { position, text: JSON.stringify(document) });
  for (const entry of entriesOf(collection, key, document)) {
    entries.set(entry, key);
    order.add(entry);
  }
};

const storedIn = ({ documents }: Contents, key: string): Stored | undefined => {
  const stored = documents.get(key);
  return stored && { document: JSON.parse(stored.text), position: stored.position };
};

/** A read store that lives as long as its process; for tests and simulations. */
export const memoryReadStore = (): ReadStore => {
  const collections = new Map<string, Contents>();
  const checkpoints = new Map<string, Checkpoint>();
  const pointers: Pointers = new Map();
  let closed = false;

  const ensureOpen = () => {
    if (closed) throw new Error('the read store is closed');
  };

  const contentsOf = ({ name }: Collection): Contents => {
    ensureOpen();
    const contents = collections.get(name) ?? emptyCollection();
    collections.set(name, contents);
    return contents;
  };

  const read = <Doc>(collection: Collection, key: string) =>
    storedIn(contentsOf(collection), key)?.document as Doc | undefined;

  return {
    async get<Doc>(collection: Collection, key: string) {
      return read<Doc>(collection, key);
    },
    async getMany<Doc>(collection: Collection, keys: readonly string[]) {
      return keys.map((key) => read<Doc>(collection, key));
    },
    async getStored(collection, keys) {
      return keys.map((key) => storedIn(contentsOf(collection), key));
    },
    async put(puts, newCheckpoints) {
      ensureOpen();
      for (const put of puts) check(put);
      for (const put of puts) replace(contentsOf(put.collection), put);
      for (const [build, checkpoint] of Object.entries(newCheckpoints)) {
        checkpoints.set(build, { ...checkpoint });
      }
    },
    async query<Doc>(collection: Collection, query: Query) {
      const { from, to, limit, reverse, cursorOf } = scanOf(collection, query);
      const { entries, order } = contentsOf(collection);
      return order.between(asText(from), asText(to), limit, reverse).map((entry) => {
        const key = entries.get(entry) ?? '';
        const document = read<Doc>(collection, key) as Doc;
        return { key, document, cursor: cursorOf(asBytes(entry)) };
      });
    },
    async checkpoint(build) {
      ensureOpen();
      return checkpoints.get(build);
    },
    async pointer(name) {
      ensureOpen();
      return pointers.get(name)?.value;
    },
    async setPointer(name, value) {
      ensureOpen();
      pointers.set(name, { term: 0, ...pointers.get(name), value });
    },
    async drop({ name }) {
      ensureOpen();
      collections.delete(name);
      checkpoints.delete(name);
    },
    async close() {
      closed = true;
    },
    shared: sharedIn(pointers, () => [...collections.keys()]),
  };
};
