import { whyNotJson } from '#lumbung/kernel';
import { beginningWith, type Interval, orderedKey } from './order.js';
import type { Collection, Document, Put, Scalar } from './port.js';

export const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

export const documentKey = ({ name }: Collection, key: string): Buffer => orderedKey([name, key]);

/** All documents of a collection, or all its index entries: their keys begin with its name. */
export const ofCollection = ({ name }: Collection): Interval => beginningWith(orderedKey([name]));

/** The key of the document's entry in each index; undefined where it is not in the index. */
export const entryKeys = (
  { name, indexes }: Collection,
  key: string,
  document: Document,
): (Buffer | undefined)[] =>
  Object.entries(indexes).map(([index, fields]) => {
    const values = fields.map((field) => document[field]);
    return values.every(isScalar) ? orderedKey([name, index, ...values, key]) : undefined;
  });

/** Throws TypeError for a document that JSON would change, and for what is not a position. */
export const checkPut = ({ collection, key, document, position }: Put) => {
  const reason = whyNotJson(document);
  if (reason) throw new TypeError(`${collection.name} ${key} is not JSON: ${reason}`);
  if (!/^\d+$/.test(position)) throw new TypeError(`not a position: ${position}`);
};

/** Whether the log position `position`, a decimal string, is past `other`. */
export const isLater = (position: string, other: string): boolean =>
  position.length === other.length ? position > other : position.length > other.length;
