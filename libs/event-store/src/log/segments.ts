import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  write,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StoreUnavailable } from '../port.js';
import {
  ALIGNMENT,
  frameAt,
  readSegmentHeader,
  SEGMENT_HEADER,
  type SegmentHeader,
  segmentHeader,
} from './format.js';

const writeAt = promisify(write);

/** `end` is how many bytes are used; a segment that is not the last is no longer than that. */
export type Segment = SegmentHeader & { path: string; fd: number; end: number };

const NAME = /^\d{8}\.seg$/;
const nameOf = (number: number) => `${String(number).padStart(8, '0')}.seg`;

// Each write is on the disk when it returns, in one call instead of two.
const DURABLE = constants.O_RDWR | constants.O_DSYNC;

const syncFolder = (folder: string) => {
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
};

const damaged = (path: string, offset: number) =>
  new StoreUnavailable(
    `${path} is damaged at byte ${offset}, and the log goes on after it: ` +
      'restore that file from a backup',
  );

/** Whether a whole frame begins anywhere after `offset`: then what lies there is no torn end. */
const goesOnAfter = (bytes: Buffer, offset: number): boolean => {
  for (let at = offset + ALIGNMENT; at < bytes.length; at += ALIGNMENT) {
    if (frameAt(bytes, at) !== undefined) return true;
  }
  return false;
};

/** The files of a log, laid end to end; the last one grows. */
export class Segments {
  readonly all: Segment[] = [];

  constructor(
    private readonly folder: string,
    private readonly segmentBytes: number,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  get last(): Segment | undefined {
    return this.all.at(-1);
  }

  /**
   * Opens what is there and shows every whole frame to `visit`, in order. A torn end of the last
   * segment is cut off; damage anywhere else throws `StoreUnavailable`.
   */
  open(visit: (segment: Segment, frame: Buffer, offset: number) => void): void {
    const names = readdirSync(this.folder)
      .filter((name) => NAME.test(name))
      .sort();
    for (const name of names) this.openOne(name, name === names.at(-1), visit);
  }

  private openOne(
    name: string,
    isLast: boolean,
    visit: (segment: Segment, frame: Buffer, offset: number) => void,
  ): void {
    const path = join(this.folder, name);
    const bytes = readFileSync(path);
    const header = readSegmentHeader(bytes);
    const before = this.last;
    const isNext = header && header.base === (before ? before.base + before.end : 0);
    if (!isNext) {
      // Made, but cut off before its header was on the disk: nothing was ever written to it.
      if (isLast && bytes.every((byte) => byte === 0)) return;
      throw damaged(path, 0);
    }
    const fd = openSync(path, DURABLE);
    const segment: Segment = { ...header, path, fd, end: SEGMENT_HEADER };
    for (;;) {
      const length = frameAt(bytes, segment.end);
      if (length === undefined) break;
      visit(segment, bytes.subarray(segment.end, segment.end + length), segment.end);
      segment.end += length;
    }
    const isSealed = !isLast && segment.end === bytes.length;
    if (!isSealed && (!isLast || goesOnAfter(bytes, segment.end))) throw damaged(path, segment.end);
    if (isLast) this.cut(segment);
    this.all.push(segment);
  }

  private cut({ fd, end }: Segment): void {
    ftruncateSync(fd, end);
    ftruncateSync(fd, Math.max(end, this.segmentBytes));
    fsyncSync(fd);
  }

  /** The segment that the next frame goes to, a new one when the last is all but full. */
  roomFor(id: string): Segment {
    const { last } = this;
    if (last && last.end + this.segmentBytes / 8 <= this.segmentBytes) return last;
    if (last) {
      ftruncateSync(last.fd, last.end);
      fsyncSync(last.fd);
    }
    const number = (last?.number ?? 0) + 1;
    const header = { id, number, base: last ? last.base + last.end : 0 };
    const path = join(this.folder, nameOf(number));
    const fd = openSync(path, DURABLE | constants.O_CREAT, 0o600);
    ftruncateSync(fd, this.segmentBytes);
    writeSync(fd, segmentHeader(header), 0, SEGMENT_HEADER, 0);
    fsyncSync(fd);
    syncFolder(this.folder);
    const segment = { ...header, path, fd, end: SEGMENT_HEADER };
    this.all.push(segment);
    return segment;
  }

  /** Resolves when the frame is on the disk. */
  async append(segment: Segment, frame: Buffer): Promise<void> {
    for (let done = 0; done < frame.length; ) {
      const left = frame.length - done;
      const at = segment.end + done;
      const { bytesWritten } = await writeAt(segment.fd, frame, done, left, at);
      done += bytesWritten;
    }
    segment.end += frame.length;
  }

  /** The segment in which a position lies. */
  holding(position: number): Segment {
    const segment = this.all.findLast(({ base }) => base <= position);
    if (!segment) throw new RangeError(`no segment holds ${position}`);
    return segment;
  }

  /** Up to `bytes` from a position on, as far as its segment is used. */
  read(position: number, bytes: number): Buffer {
    const { fd, base } = this.holding(position);
    const at = position - base;
    const buffer = Buffer.allocUnsafe(Math.min(bytes, fstatSync(fd).size - at));
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, at));
  }

  close(): void {
    for (const { fd } of this.all.splice(0)) closeSync(fd);
  }
}
