import { checkPut, entryKeys, isLater } from '../documents.js';
import type { Checkpoint, Collection, Document, Put, ReadStore } from '../port.js';
import { scanOf } from '../query.js';
import { orderedKeys } from './ordered-keys.js';

// Bytes as text of one code unit a byte: in the same order, and a key that a map can find.
const asText = (bytes: Buffer) => bytes.toString('latin1');

/** The documents of a collection by key, and the document that each index entry leads to. */
const emptyCollection = () => ({
  documents: new Map<string, { position: string; text: string }>(),
  entries: new Map<string, string>(),
  order: orderedKeys(),
});

type Contents = ReturnType<typeof emptyCollection>;

const replace = (contents: Contents, { collection, key, document, position }: Put) => {
  const { documents, entries, order } = contents;
  const stored = documents.get(key);
  if (stored && !isLater(position, stored.position)) return;
  const before: Document = stored ? JSON.parse(stored.text) : {};
  for (const entry of stored ? entryKeys(collection, key, before) : []) {
    ...
  }
};
