const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** Bytes that are no message of the protocol, or one that lacks what it must have. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** What must be in a message. */
export const given = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Malformed(`the request has no ${what}`);
  return value;
};

/** Reads the fields of a message one after the other. */
export class Reader {
  private at = 0;
  private wire = VARINT;

  constructor(private readonly message: Buffer) {}

  /** The number of the next field; undefined at the end. */
  next(): number | undefined {
    if (this.at >= this.message.length) return;
    const tag = this.varint();
    this.wire = tag & 7;
    return Math.floor(tag / 8);
  }

  /** Exact up to 2^53, and about right beyond. */
  number(): number {
    this.expect(VARINT);
    return this.varint();
  }

  /** Unsigned, of 64 bits. */
  bigint(): bigint {
    this.expect(VARINT);
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new Malformed('a number has no end');
  }

  /** A part of the message, not a copy. */
  bytes(): Buffer {
    this.expect(LENGTH);
    return this.slice(this.varint());
  }

  text(): string {
    return this.bytes().toString();
  }

  skip(): void {
    if (this.wire === VARINT) this.varint();
    else if (this.wire === LENGTH) this.slice(this.varint());
    else if (this.wire === FIXED64) this.slice(8);
    else if (this.wire === FIXED32) this.slice(4);
    else throw new Malformed(`a field of wire type ${this.wire}`);
  }

  private expect(wire: number): void {
    if (this.wire !== wire) throw new Malformed(`wire type ${this.wire} instead of ${wire}`);
  }

  private byte(): number {
    const byte = this.message[this.at++];
    if (byte === undefined) throw new Malformed('a message is cut off');
    return byte;
  }

  private varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new Malformed('a number has no end');
  }

  private slice(count: number): Buffer {
    const end = this.at + count;
    if (end > this.message.length) throw new Malformed('a message is cut off');
    const part = this.message.subarray(this.at, end);
    this.at = end;
    return part;
  }
}

type Decode = (reader: Reader, before: never) => unknown;
type Fields = Readonly<Record<string, readonly [number: number, decode: Decode]>>;
type Message<F extends Fields> = { [K in keyof F]?: ReturnType<F[K][1]> };

/** What reads a message of these fields: by name, each with its number and what it holds. */
export const message = <F extends Fields>(fields: F): ((bytes: Buffer) => Message<F>) => {
  const byNumber: { name: string; decode: Decode }[] = [];
  for (const [name, [number, decode]] of Object.entries(fields)) {
    byNumber[number] = { name, decode };
  }
  return (bytes) => {
    const reader = new Reader(bytes);
    const read: Record<string, unknown> = {};
    for (let number = reader.next(); number !== undefined; number = reader.next()) {
      const field = byNumber[number];
      if (field) read[field.name] = field.decode(reader, read[field.name] as never);
      else reader.skip();
    }
    return read as Message<F>;
  };
};

export const text = (reader: Reader) => reader.text();
export const bytes = (reader: Reader) => reader.bytes();
export const number = (reader: Reader) => reader.number();
export const bigint = (reader: Reader) => reader.bigint();
export const flag = (reader: Reader) => reader.number() !== 0;

export const nested = <F extends Fields>(fields: F) => {
  const read = message(fields);
  return (reader: Reader) => read(reader.bytes());
};

/** A message without fields, which says what it says by being there. */
export const empty = nested({});

export const repeated =
  <T>(decode: (reader: Reader) => T) =>
  (reader: Reader, before: T[] | undefined): T[] => {
    const list = before ?? [];
    list.push(decode(reader));
    return list;
  };

const entry = nested({ key: [1, text], value: [2, text] });

export const texts = (reader: Reader, before: Map<string, string> | undefined) => {
  const { key = '', value = '' } = entry(reader);
  return (before ?? new Map<string, string>()).set(key, value);
};
