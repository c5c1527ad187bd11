import { join } from 'node:path';
import type { Disk, DiskFile } from './disk.js';
import { SEGMENT_HEADER, type SegmentHeader } from './format.js';
import { Numbers } from './numbers.js';
import type { Postings, Run } from './postings.js';

// Reading starts at a mark, so not much is skipped, and a mark is seldom enough to cost nothing.
const BYTES_A_MARK = 32 << 10;

export const nameOf = (number: number) => `${String(number).padStart(8, '0')}.seg`;
export const SEGMENT_NAME = /^\d{8}\.seg$/;
export const sidecarOf = (name: string) => name.replace(/seg$/, 'idx');

/** One file of the log, and where what is in it. */
export class Segment {
  readonly id: string;
  readonly number: number;
  readonly base: number;
  /** Positions that it takes beyond its bytes, once compacted; else 0. */
  span: number;
  /** Bytes that are used, or spoken for by frames on their way to the disk. */
  end = SEGMENT_HEADER;
  /** Bytes that are on the disk, and so may be read. */
  durable = SEGMENT_HEADER;
  file: DiskFile | undefined;
  lastOffset = -1;
  lastCreated = 0;
  /** Numbers of streams, types and shapes below which are defined in segments before this one. */
  defined = { streams: 0, types: 0, shapes: 0 };
  readonly tombstoned: number[] = [];
  private readonly frames = new Numbers();
  private readonly offsets = new Numbers();

  constructor(
    header: SegmentHeader,
    readonly folder: string,
    public postings: Postings,
  ) {
    this.id = header.id;
    this.number = header.number;
    this.base = header.base;
    this.span = header.span;
  }

  get path(): string {
    return join(this.folder, nameOf(this.number));
  }

  /** The position at which the next segment begins. */
  get limit(): number {
    return this.base + Math.max(this.span, this.end);
  }

  get marks() {
    return { frames: this.frames.all(), offsets: this.offsets.all() };
  }

  /** Remembers where a frame begins, unless one close to it is known. */
  mark(frame: number, offset: number): void {
    const last = this.frames.at(this.frames.length - 1);
    if (this.frames.length > 0 && frame - last < BYTES_A_MARK) return;
    this.frames.push(frame);
    this.offsets.push(offset);
  }

  clearMarks(): void {
    this.frames.clear();
    this.offsets.clear();
  }

  runOf(stream: number): Run {
    return this.postings.of(stream);
  }

  opened(disk: Disk): DiskFile {
    this.file ??= disk.open(this.path, 'read');
    return this.file;
  }

  close(): void {
    this.file?.close();
    this.file = undefined;
  }
}
