import { crc32 } from 'node:zlib';

// A segment is a header and then frames; a frame holds the records of one or several appends, each
// append whole. All numbers are little-endian. A position is a record's offset in all segments
// laid end to end. docs/log-format.md says the same in words.

export const SEGMENT_HEADER = 64;
export const FRAME_HEADER = 24;
export const RECORD_HEADER = 52;

const SEGMENT_MAGIC = 0x4c424d4c;
const FRAME_MAGIC = 0x454d5246;
const FORMAT = 1;

/** Frames begin at multiples of this, so that one can be looked for. */
export const ALIGNMENT = 8;

export const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

/**
 * `base` is the position at which the segment begins. `span` is how many positions it takes when
 * that is more than its bytes, because it was compacted; 0 while it was not.
 */
export type SegmentHeader = { id: string; number: number; base: number; span: number };

export const segmentHeader = ({ id, number, base, span }: SegmentHeader): Buffer => {
  const header = Buffer.alloc(SEGMENT_HEADER);
  header.writeUInt32LE(SEGMENT_MAGIC, 0);
  header.writeUInt16LE(FORMAT, 4);
  header.write(id.replaceAll('-', ''), 8, 'hex');
  header.writeUInt32LE(number, 24);
  header.writeDoubleLE(base, 28);
  header.writeUInt32LE(span, 36);
  header.writeUInt32LE(crc32(header.subarray(0, 60)), 60);
  return header;
};

/** Undefined for what is no header of a segment, or a damaged one. */
export const readSegmentHeader = (header: Buffer): SegmentHeader | undefined => {
  if (header.length < SEGMENT_HEADER || header.readUInt32LE(0) !== SEGMENT_MAGIC) return;
  if (header.readUInt32LE(60) !== crc32(header.subarray(0, 60))) return;
  const format = header.readUInt16LE(4);
  if (format > FORMAT) {
    throw new Error(`it is of format ${format}, this program knows ${FORMAT}: use a newer one`);
  }
  return {
    id: uuidAt(header, 8),
    number: header.readUInt32LE(24),
    base: header.readDoubleLE(28),
    span: header.readUInt32LE(36),
  };
};

/**
 * Completes the frame from `start` to `end`. `durable` is the offset up to which the segment was
 * known to be on the disk when the frame was written: what is torn after that was never promised.
 */
export const sealFrame = (
  bytes: Buffer,
  {
    start,
    end,
    records,
    durable,
  }: { start: number; end: number; records: number; durable: number },
): void => {
  bytes.writeUInt32LE(FRAME_MAGIC, start);
  bytes.writeUInt32LE(end - start, start + 4);
  bytes.writeUInt32LE(records, start + 8);
  bytes.writeUInt32LE(durable, start + 12);
  bytes.writeUInt32LE(0, start + 16);
  bytes.writeUInt32LE(frameCrc(bytes, start, end), start + 20);
};

const frameCrc = (bytes: Buffer, start: number, end: number): number =>
  crc32(bytes.subarray(start + FRAME_HEADER, end), crc32(bytes.subarray(start, start + 20)));

/** What the header at `offset` says of its frame's length, of at least that; else undefined. */
export const frameLengthAt = (bytes: Buffer, offset: number): number | undefined => {
  if (offset + FRAME_HEADER > bytes.length) return;
  if (bytes.readUInt32LE(offset) !== FRAME_MAGIC) return;
  const length = bytes.readUInt32LE(offset + 4);
  return length > FRAME_HEADER ? length : undefined;
};

/** The length of the whole frame at `offset`; undefined where there is none that is whole. */
export const frameAt = (bytes: Buffer, offset: number): number | undefined => {
  const length = frameLengthAt(bytes, offset);
  if (length === undefined || offset + length > bytes.length) return;
  const crc = bytes.readUInt32LE(offset + 20);
  return crc === frameCrc(bytes, offset, offset + length) ? length : undefined;
};

const MAGIC_BYTES = Buffer.from('FRME', 'latin1');

/**
 * Whether a whole frame after `offset` was written when what lies there was already durable: then
 * it is damage, and no torn end.
 */
export const wasDurable = (bytes: Buffer, offset: number): boolean => {
  let at = bytes.indexOf(MAGIC_BYTES, offset + 1);
  for (; at >= 0; at = bytes.indexOf(MAGIC_BYTES, at + 1)) {
    if (at % ALIGNMENT !== 0 || frameAt(bytes, at) === undefined) continue;
    if (bytes.readUInt32LE(at + 12) > offset) return true;
  }
  return false;
};

export const recordsIn = (bytes: Buffer, frame: number): number => bytes.readUInt32LE(frame + 8);

/** The kinds of record. */
export const EVENT = 1;
/** The name of a stream, the name and version of an event type, the keys of a shape. */
export const STREAM = 2;
export const TYPE = 3;
export const SHAPE = 4;

/** How a payload is kept: a value of ours as MessagePack, or bytes of JSON, or any bytes. */
export const VALUE = 0;
export const RAW_JSON = 1;
export const RAW_BYTES = 2;

/**
 * What a record begins with. For an event `number` is its stream's, and data and metadata follow;
 * for a definition `number` is what it is called by, and its JSON follows as data.
 */
export type RecordHeader = {
  size: number;
  /** Where it was first written in its segment; compaction moves it and keeps this. */
  offset: number;
  kind: number;
  dataKind: number;
  metadataKind: number;
  type: number;
  number: number;
  revision: number;
  /** Milliseconds since 1970. */
  created: number;
  dataLength: number;
};

/** Writes the header into `view`, which is of all of `bytes`; `id` is a UUID in lower case. */
export const writeRecordHeader = (
  bytes: Buffer,
  view: DataView,
  at: number,
  record: RecordHeader,
  id: string,
): void => {
  view.setUint32(at, record.size, true);
  view.setUint32(at + 8, record.offset, true);
  view.setUint8(at + 12, record.kind);
  view.setUint8(at + 13, record.dataKind | (record.metadataKind << 2));
  view.setUint16(at + 14, record.type, true);
  view.setUint32(at + 16, record.number, true);
  view.setUint32(at + 20, record.revision, true);
  view.setFloat64(at + 24, record.created, true);
  view.setUint32(at + 32, record.dataLength, true);
  writeUuid(bytes, at + 36, id);
};

const recordCrc = (bytes: Buffer, at: number): number =>
  crc32(bytes.subarray(at + 8, at + bytes.readUInt32LE(at)));

/** Completes a record whose header and payload are written. */
export const sealRecord = (bytes: Buffer, at: number): void => {
  bytes.writeUInt32LE(recordCrc(bytes, at), at + 4);
};

/** Whether the whole record at `at` is there and right. */
export const isRecordAt = (bytes: Buffer, at: number): boolean => {
  const size = sizeAt(bytes, at);
  if (size < RECORD_HEADER || at + size > bytes.length) return false;
  return bytes.readUInt32LE(at + 4) === recordCrc(bytes, at);
};

/** Of a record, without looking at the rest; 0 where the bytes end. */
export const sizeAt = (bytes: Buffer, at: number): number =>
  at + RECORD_HEADER <= bytes.length ? bytes.readUInt32LE(at) : 0;
export const offsetAt = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at + 8);
export const kindAt = (bytes: Buffer, at: number): number => bytes[at + 12] as number;
export const dataKindAt = (bytes: Buffer, at: number): number => (bytes[at + 13] as number) & 3;
export const metadataKindAt = (bytes: Buffer, at: number): number =>
  (bytes[at + 13] as number) >> 2;
export const typeAt = (bytes: Buffer, at: number): number => bytes.readUInt16LE(at + 14);
export const numberAt = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at + 16);
export const revisionAt = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at + 20);
export const storedAt = (bytes: Buffer, at: number): number => bytes.readDoubleLE(at + 24);
export const dataLengthAt = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at + 32);
export const idAt = (bytes: Buffer, at: number): string => uuidAt(bytes, at + 36);

/** Shows where each record of the frame at `frame` begins. */
export const eachRecord = (bytes: Buffer, frame: number, show: (at: number) => void): void => {
  let at = frame + FRAME_HEADER;
  for (let left = recordsIn(bytes, frame); left > 0; left--) {
    show(at);
    at += sizeAt(bytes, at);
  }
};

const uuidAt = (bytes: Buffer, at: number): string => {
  const hex = bytes.toString('hex', at, at + 16);
  const [a, b, c, d] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `${a}-${b}-${c}-${d}-${hex.slice(20)}`;
};

const digitOf = (code: number): number => (code < 58 ? code - 48 : code - 87);

const writeUuid = (bytes: Buffer, at: number, id: string): void => {
  let to = at;
  for (let from = 0; from < 36; from += 2) {
    if (from === 8 || from === 13 || from === 18 || from === 23) from += 1;
    bytes[to++] = (digitOf(id.charCodeAt(from)) << 4) | digitOf(id.charCodeAt(from + 1));
  }
};
