import type { Scalar } from './port.js';

// A value is a tag for its kind, then bytes that order as values of the kind do; a text ends in a
// zero. No tag and no byte of UTF-8 is 0xff, so a key followed by that is past all it begins.
const NUMBER = 0x10;
const TEXT = 0x20;
const BOOLEAN = 0x30;
const PAST = Buffer.of(0xff);

// LMDB takes keys of 1,978 bytes.
const KEY_BYTES_MAX = 1900;

/** Where a key is put together; holds a whole key and one more text of the longest. */
const space = Buffer.alloc(4 * KEY_BYTES_MAX);

const ensureFits = (length: number) => {
  if (length > KEY_BYTES_MAX) throw new RangeError(`a key is longer than ${KEY_BYTES_MAX} bytes`);
};

/** In the same order, without the zero that ends a text. */
const withoutZeros = (text: string): string =>
  text.includes('\0') || text.includes('\u0001')
    ? text.replaceAll('\u0001', '\u0001\u0002').replaceAll('\0', '\u0001\u0001')
    : text;

const writeText = (text: string, at: number): number => {
  ensureFits(text.length);
  const end = at + space.write(withoutZeros(text), at);
  space[end] = 0;
  return end + 1;
};

/** A double with its sign bit turned, and if it is negative all others: bytes in its order. */
const writeNumber = (value: number, at: number): number => {
  space.writeDoubleBE(value === 0 ? 0 : value, at);
  const high = space.readUInt32BE(at);
  space.writeUInt32BE((value < 0 ? ~high : high ^ 0x80000000) >>> 0, at);
  if (value < 0) space.writeUInt32BE(~space.readUInt32BE(at + 4) >>> 0, at + 4);
  return at + 8;
};

const kindOf = (value: Scalar): number => {
  if (typeof value === 'number') return NUMBER;
  return typeof value === 'string' ? TEXT : BOOLEAN;
};

const write = (value: Scalar, at: number): number => {
  space[at] = kindOf(value) + (value === true ? 1 : 0);
  if (typeof value === 'number') return writeNumber(value, at + 1);
  return typeof value === 'string' ? writeText(value, at + 1) : at + 1;
};

/**
 * Bytes that order as lists of values do, one value after the other: numbers, then texts by code
 * point, then false and true. Throws RangeError above 1,900 bytes.
 */
export const orderedKey = (values: readonly Scalar[]): Buffer => {
  let end = 0;
  for (const value of values) {
    end = write(value, end);
    ensureFits(end);
  }
  return Buffer.from(space.subarray(0, end));
};

/** Keys `k` with `from <= k < to`. */
export type Interval = { from: Buffer; to: Buffer };

/** All keys that begin with these bytes. */
export const beginningWith = (bytes: Buffer): Interval => ({
  from: bytes,
  to: Buffer.concat([bytes, PAST]),
});

/** All keys that go on with a value of the same kind after `base`. */
const sameKind = (base: Buffer, value: Scalar): Interval => {
  const kind = kindOf(value);
  return {
    from: Buffer.concat([base, Buffer.of(kind)]),
    to: Buffer.concat([base, Buffer.of(kind + 2)]),
  };
};

const after = (base: Buffer, value: Scalar): Buffer => {
  const key = Buffer.concat([base, orderedKey([value])]);
  ensureFits(key.length);
  return key;
};

export const atLeast = (base: Buffer, value: Scalar): Interval => ({
  from: after(base, value),
  to: sameKind(base, value).to,
});

export const atMost = (base: Buffer, value: Scalar): Interval => ({
  from: sameKind(base, value).from,
  to: beginningWith(after(base, value)).to,
});

/** Texts that begin with `prefix`. */
export const textsWith = (base: Buffer, prefix: string): Interval =>
  beginningWith(after(base, prefix).subarray(0, -1));

export const common = (first: Interval, second: Interval): Interval => ({
  from: Buffer.compare(first.from, second.from) < 0 ? second.from : first.from,
  to: Buffer.compare(first.to, second.to) < 0 ? first.to : second.to,
});
