import { crc32 } from 'node:zlib';
import type { Shape } from './codec.js';
import type { EventType } from './definitions.js';
import type { Table } from './postings.js';

const MAGIC = 0x58444e49;
const FORMAT = 1;
const HEADER = 40;

/**
 * All that opening a log wants of a segment, so that the segment need not be read. It is made of
 * the segment and can be made again; `end` says how much of it is covered.
 */
export type Sidecar = {
  end: number;
  /** The offset of the last event at first writing; −1 when there is none. */
  lastOffset: number;
  /** When that was stored, in milliseconds since 1970. */
  lastCreated: number;
  /** Every so often where a frame begins in the file, and the offset of its first record. */
  marks: { frames: Uint32Array; offsets: Uint32Array };
  /** What is named here first. */
  names: { ends: Uint32Array; bytes: Uint8Array };
  types: EventType[];
  shapes: Shape[];
  /** Streams that end here for good. */
  tombstoned: number[];
  postings: Table;
};

const bytesOf = (numbers: Uint32Array) =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);

const sections = ({ marks, names, postings }: Sidecar): Uint32Array[] => [
  marks.frames,
  marks.offsets,
  names.ends,
  postings.streams,
  postings.firsts,
  postings.starts,
  postings.offsets,
];

/** As bytes, in parts; `id` and `number` are the segment's. */
export const sidecarBytes = (sidecar: Sidecar, id: string, number: number): Buffer[] => {
  const { end, lastOffset, lastCreated, names, types, shapes, tombstoned } = sidecar;
  const numbers = sections(sidecar);
  const json = Buffer.from(
    JSON.stringify({
      ...{ id, number, end, lastOffset, lastCreated, types, shapes, tombstoned },
      sections: numbers.map(({ length }) => length),
      nameBytes: names.bytes.length,
    }),
  );
  const body = [
    json,
    Buffer.from(names.bytes),
    Buffer.alloc(-(json.length + names.bytes.length) & 3),
  ];
  // What is empty may have no address, and crc32 of that begins anew.
  const parts = [...body, ...numbers.map(bytesOf)].filter(({ length }) => length > 0);
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(FORMAT, 4);
  header.writeUInt32LE(json.length, 8);
  let crc = crc32(header.subarray(0, HEADER - 4));
  for (const part of parts) crc = crc32(part, crc);
  header.writeUInt32LE(crc, HEADER - 4);
  return [header, ...parts];
};

/** Undefined for what is no sidecar of this segment, or a damaged one. */
export const readSidecar = (bytes: Buffer, id: string, number: number): Sidecar | undefined => {
  if (bytes.length < HEADER || bytes.readUInt32LE(0) !== MAGIC) return;
  if (bytes.readUInt32LE(4) !== FORMAT) return;
  const crc = crc32(bytes.subarray(HEADER), crc32(bytes.subarray(0, HEADER - 4)));
  if (crc !== bytes.readUInt32LE(HEADER - 4)) return;
  let at = HEADER + bytes.readUInt32LE(8);
  const head = JSON.parse(bytes.toString('utf8', HEADER, at));
  if (head.id !== id || head.number !== number) return;
  const nameBytes = bytes.subarray(at, at + head.nameBytes);
  at += head.nameBytes;
  at += -(at - HEADER) & 3;
  const [frames, offsets, ends, streams, firsts, starts, events] = head.sections.map(
    (length: number) => {
      const numbers = new Uint32Array(bytes.buffer, bytes.byteOffset + at, length);
      at += 4 * length;
      return numbers;
    },
  );
  return {
    ...head,
    marks: { frames, offsets },
    names: { ends, bytes: nameBytes },
    postings: { streams, firsts, starts, offsets: events },
  };
};
