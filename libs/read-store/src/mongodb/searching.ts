import type { Document as Condition } from 'mongodb';
import { isScalar } from '../documents.js';
import { orderedKey } from '../order.js';
import type { Collection, Document, Query, Scalar } from '../port.js';
import { scanOf } from '../query.js';
import { pathsOf, presence } from './indexes.js';

// As `$type` calls them, in the order that both MongoDB and the port give them.
const KINDS = ['number', 'string', 'bool'];
const KIND_OF: Record<string, string> = { number: 'number', string: 'string', boolean: 'bool' };

const LAST_CODE_POINT = 0x10ffff;
const SURROGATES = { first: 0xd800, last: 0xdfff };

/** What to look for in an index. */
export type Search = {
  filter: Condition;
  options: { sort: Record<string, 1 | -1>; hint: Record<string, 1>; limit: number };
  cursorOf(key: string, document: Document): string;
};

const nextCodePoint = (point: number) =>
  point + 1 === SURROGATES.first ? SURROGATES.last + 1 : point + 1;

/** The first text past all that begin with `prefix`; undefined when there is none. */
const pastPrefix = (prefix: string): string | undefined => {
  const points = Array.from(prefix.toWellFormed(), (sign) => sign.codePointAt(0) as number);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  return last === undefined ? undefined : String.fromCodePoint(...points, nextCodePoint(last));
};

const within = (path: string, { from, to, prefix }: NonNullable<Query['range']>): Condition[] => {
  const bounds: Condition[] = [];
  if (from !== undefined) bounds.push({ $gte: from });
  if (to !== undefined) bounds.push({ $lte: to });
  if (prefix !== undefined) {
    const end = pastPrefix(prefix);
    bounds.push({ $gte: prefix }, ...(end === undefined ? [] : [{ $lt: end }]));
  }
  return bounds.map((bound) => ({ [path]: bound }));
};

/** MongoDB compares values of one kind only, so those of further kinds are asked for by kind. */
const past = (path: string, value: Scalar, reverse: boolean): Condition[] => {
  const at = KINDS.indexOf(KIND_OF[typeof value] ?? '');
  const further = reverse ? KINDS.slice(0, at) : KINDS.slice(at + 1);
  const ofItsKind = { [path]: reverse ? { $lt: value } : { $gt: value } };
  return path === '_id' || further.length === 0
    ? [ofItsKind]
    : [ofItsKind, { [path]: { $type: further } }];
};

const encoded = (place: readonly Scalar[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    throw new RangeError('not a cursor', { cause: error });
  }
};

/** `length` values, the last of them a key; throws RangeError for what is no such cursor. */
const placeOf = (cursor: string, length: number): Scalar[] => {
  const place = parsed(cursor);
  if (Array.isArray(place) && place.length === length && place.every(isScalar)) {
    if (typeof place.at(-1) === 'string' && encoded(place) === cursor) return place;
  }
  throw new RangeError('not a cursor');
};

/**
 * What follows `place` among entries that begin with the values `fixed`, as stretches of the
 * index: the same values up to one of them, and past that one.
 */
const following = (
  paths: readonly string[],
  fixed: readonly Scalar[],
  place: readonly Scalar[],
  reverse: boolean,
): Condition[][] => {
  const side = Buffer.compare(orderedKey(place.slice(0, fixed.length)), orderedKey(fixed));
  if (side !== 0) return side < 0 === reverse ? [] : [[]];
  return paths.flatMap((path, level) => {
    if (level < fixed.length) return [];
    const same = paths.slice(fixed.length, level).map((before, at) => ({
      [before]: { $eq: place[fixed.length + at] },
    }));
    return past(path, place[level] as Scalar, reverse).map((beyond) => [...same, beyond]);
  });
};

const allOf = (conditions: Condition[]): Condition =>
  conditions.length > 0 ? { $and: conditions } : {};

const patternOf = <D extends 1 | -1>(paths: readonly string[], direction: D): Record<string, D> =>
  Object.fromEntries(paths.map((path) => [path, direction]));

/**
 * The find that answers a query from one MongoDB index; undefined when nothing can follow the
 * cursor. Throws `UnservedQuery`, and RangeError for a bad limit or cursor.
 */
export const searchOf = (collection: Collection, query: Query): Search | undefined => {
  const { index, equals = {}, range = {}, after, reverse = false } = query;
  const { limit } = scanOf(collection, { ...query, after: undefined });
  const fields = collection.indexes[index] ?? [];
  const paths = pathsOf(fields);
  const fixed = fields.slice(0, Object.keys(equals).length).map((field) => equals[field] as Scalar);
  const always = [
    ...presence(fields),
    ...fixed.map((value, at) => ({ [paths[at] as string]: { $eq: value } })),
    ...within(paths[fixed.length] as string, range),
  ];
  const stretches =
    after === undefined ? [[]] : following(paths, fixed, placeOf(after, paths.length), reverse);
  const filters = stretches.map((stretch) => allOf([...always, ...stretch]));
  const [filter] = filters;
  if (!filter) return;
  return {
    filter: filters.length === 1 ? filter : { $or: filters },
    options: { sort: patternOf(paths, reverse ? -1 : 1), hint: patternOf(paths, 1), limit },
    cursorOf: (key, document) =>
      encoded([...fields.map((field) => document[field] as Scalar), key]),
  };
};
