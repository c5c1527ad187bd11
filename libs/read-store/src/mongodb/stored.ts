import { checkPut, documentKey, entryKeys, isScalar } from '../documents.js';
import type { Collection, Document, Put, Scalar, Stored } from '../port.js';

// Text orders as its numbers do when its length comes first; up to 999,999 digits.
const LENGTH_DIGITS = 6;

/**
 * A document as it lies in MongoDB; `fields` holds the scalars that its indexes are made of. The
 * document itself is JSON text: BSON has no names with a zero in them, takes `$ref` for its own
 * and ends at 100 levels, and an index would take a list for each of its members.
 */
export type Kept = {
  _id: string;
  position: string;
  fields: Record<string, Scalar>;
  document: string;
};

const positionText = (position: string): string =>
  `${String(position.length).padStart(LENGTH_DIGITS, '0')}:${position}`;

// MongoDB reads a dot, a dollar, a zero or nothing as more than a part of a name.
const nameOf = (field: string): string =>
  field.replace(/[%.$\0]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`) ||
  '%';

export const pathOf = (field: string): string => `fields.${nameOf(field)}`;

const fieldsOf = ({ indexes }: Collection, document: Document): Record<string, Scalar> =>
  Object.fromEntries(
    Object.values(indexes)
      .flat()
      .map((field) => [nameOf(field), document[field]] as const)
      .filter((entry): entry is [string, Scalar] => isScalar(entry[1])),
  );

/** Throws TypeError or RangeError for what no read store takes. */
export const keptOf = (put: Put): Kept => {
  const { collection, key, document, position } = put;
  checkPut(put);
  documentKey(collection, key);
  entryKeys(collection, key, document);
  return {
    _id: key,
    position: positionText(position),
    fields: fieldsOf(collection, document),
    document: JSON.stringify(document),
  };
};

export const storedOf = (kept: Kept): Stored => ({
  document: JSON.parse(kept.document),
  position: kept.position.slice(LENGTH_DIGITS + 1),
});
