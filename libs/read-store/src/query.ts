import { isScalar } from './documents.js';
import {
  atLeast,
  atMost,
  beginningWith,
  common,
  type Interval,
  orderedKey,
  textsWith,
} from './order.js';
import { type Collection, type Query, type Scalar, UnservedQuery } from './port.js';

const LIMIT_MAX = 1000;
const CURSOR_LENGTH_MAX = 2500;

const checkedValue = (value: unknown): Scalar => {
  if (!isScalar(value)) throw new UnservedQuery(`an index holds no ${value}`);
  return value;
};

const checkedText = (value: unknown): string => {
  if (typeof value !== 'string') throw new UnservedQuery(`${value} is not the beginning of a text`);
  return value;
};

const checkedLimit = (limit: number): number => {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new RangeError(`a query's limit is 1 to ${LIMIT_MAX}, not ${limit}`);
};

/** The values of the first fields of the index, in its order. */
const leadingValues = ({ name, indexes }: Collection, { index, equals = {} }: Query): Scalar[] => {
  const asked = Object.keys(equals);
  const fields = Object.hasOwn(indexes, index) ? indexes[index] : undefined;
  const leading = fields?.slice(0, asked.length);
  if (!leading || !asked.every((field) => leading.includes(field))) {
    throw new UnservedQuery(`${name} has no index ${index} that begins with ${asked.join(', ')}`);
  }
  return leading.map((field) => checkedValue(equals[field]));
};

const within = (base: Buffer, { from, to, prefix }: NonNullable<Query['range']>): Interval => {
  let interval = beginningWith(base);
  if (from !== undefined) interval = common(interval, atLeast(base, checkedValue(from)));
  if (to !== undefined) interval = common(interval, atMost(base, checkedValue(to)));
  if (prefix !== undefined) interval = common(interval, textsWith(base, checkedText(prefix)));
  return interval;
};

const entryAt = (index: Buffer, cursor: string): Buffer => {
  const bytes = Buffer.from(cursor, 'base64url');
  if (cursor.length > CURSOR_LENGTH_MAX || bytes.toString('base64url') !== cursor) {
    throw new RangeError('not a cursor');
  }
  return Buffer.concat([index, bytes]);
};

/** The index entries that answer a query, and the cursor that stands for each. */
export type Scan = Interval & {
  reverse: boolean;
  limit: number;
  cursorOf(entryKey: Buffer): string;
};

/** Throws `UnservedQuery`, and RangeError for a bad limit or cursor. */
export const scanOf = (collection: Collection, query: Query): Scan => {
  const { range = {}, after, reverse = false } = query;
  const limit = checkedLimit(query.limit);
  const values = leadingValues(collection, query);
  const index = orderedKey([collection.name, query.index]);
  let interval = within(orderedKey([collection.name, query.index, ...values]), range);
  if (after !== undefined) {
    const entry = entryAt(index, after);
    const next = Buffer.concat([entry, Buffer.alloc(1)]);
    const rest = reverse ? { ...interval, to: entry } : { ...interval, from: next };
    interval = common(interval, rest);
  }
  const cursorOf = (entryKey: Buffer) => entryKey.toString('base64url', index.length);
  return { ...interval, reverse, limit, cursorOf };
};
