import { crc32 } from 'node:zlib';

// A segment is a header and then frames, one for each commit; a frame holds records. All numbers
// are little-endian. A position is the offset of a record in all segments laid end to end.

export const SEGMENT_HEADER = 64;
export const FRAME_HEADER = 16;
export const RECORD_HEADER = 24;

const SEGMENT_MAGIC = 0x4c424d4c;
const FRAME_MAGIC = 0x454d5246;
const FORMAT = 1;

/** Frames begin at multiples of this, so that one can be looked for. */
export const ALIGNMENT = 8;

export const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

/** `base` is the position at which the segment begins. */
export type SegmentHeader = { id: string; number: number; base: number };

export const segmentHeader = ({ id, number, base }: SegmentHeader): Buffer => {
  const header = Buffer.alloc(SEGMENT_HEADER);
  header.writeUInt32LE(SEGMENT_MAGIC, 0);
  header.writeUInt32LE(FORMAT, 4);
  header.writeUInt32LE(number, 8);
  header.writeDoubleLE(base, 12);
  header.write(id, 20, 'latin1');
  header.writeUInt32LE(crc32(header.subarray(0, 60)), 60);
  return header;
};

/** Undefined for what is no header of a segment, or a damaged one. */
export const readSegmentHeader = (header: Buffer): SegmentHeader | undefined => {
  if (header.length < SEGMENT_HEADER || header.readUInt32LE(0) !== SEGMENT_MAGIC) return;
  if (header.readUInt32LE(60) !== crc32(header.subarray(0, 60))) return;
  const format = header.readUInt32LE(4);
  if (format !== FORMAT) throw new Error(`format ${format} is newer than this program`);
  const id = header.toString('latin1', 20, 56);
  return { id, number: header.readUInt32LE(8), base: header.readDoubleLE(12) };
};

/** Completes a frame that begins at the start of `frame`, over all that follows its header. */
export const sealFrame = (frame: Buffer, records: number): void => {
  frame.writeUInt32LE(FRAME_MAGIC, 0);
  frame.writeUInt32LE(frame.length, 4);
  frame.writeUInt32LE(records, 8);
  const crc = crc32(frame.subarray(FRAME_HEADER), crc32(frame.subarray(0, 12)));
  frame.writeUInt32LE(crc, 12);
};

/** The length of the whole frame at `offset`; undefined where there is none that is whole. */
export const frameAt = (bytes: Buffer, offset: number): number | undefined => {
  if (offset + FRAME_HEADER > bytes.length) return;
  if (bytes.readUInt32LE(offset) !== FRAME_MAGIC) return;
  const length = bytes.readUInt32LE(offset + 4);
  if (length < FRAME_HEADER || offset + length > bytes.length) return;
  const frame = bytes.subarray(offset, offset + length);
  const crc = crc32(frame.subarray(FRAME_HEADER), crc32(frame.subarray(0, 12)));
  return frame.readUInt32LE(12) === crc ? length : undefined;
};

export const EVENT = 1;
/** The name of a stream, the name and version of an event type, the keys of a shape. */
export const STREAM = 2;
export const TYPE = 3;
export const SHAPE = 4;

/**
 * What each record begins with. For an event `number` is its stream's, and its id, data and
 * metadata follow; for a definition `number` is what it is called by, and its JSON follows.
 */
export type RecordHeader = {
  size: number;
  kind: number;
  idLength: number;
  number: number;
  revision: number;
  type: number;
  dataLength: number;
};

export const writeRecordHeader = (bytes: Buffer, at: number, record: RecordHeader): void => {
  bytes.writeUInt32LE(record.size, at);
  bytes[at + 4] = record.kind;
  bytes[at + 5] = record.idLength;
  bytes.writeUInt16LE(record.type, at + 6);
  bytes.writeUInt32LE(record.number, at + 8);
  bytes.writeUInt32LE(record.revision, at + 12);
  bytes.writeUInt32LE(record.dataLength, at + 16);
  bytes.writeUInt32LE(0, at + 20);
};

export const readRecordHeader = (bytes: Buffer, at: number): RecordHeader => ({
  size: bytes.readUInt32LE(at),
  kind: bytes[at + 4] ?? 0,
  idLength: bytes[at + 5] ?? 0,
  type: bytes.readUInt16LE(at + 6),
  number: bytes.readUInt32LE(at + 8),
  revision: bytes.readUInt32LE(at + 12),
  dataLength: bytes.readUInt32LE(at + 16),
});
