import { join } from 'node:path';
import { TOMBSTONE } from '../../append.js';
import { StoreDamaged, StoreUnavailable } from '../../port.js';
import { archivedFolders } from '../maintenance/archive.js';
import { Definitions } from './definitions.js';
import { type Disk, type Opening, readWhole, writeWhole } from './disk.js';
import {
  dataLengthAt,
  EVENT,
  eachRecord,
  frameAt,
  kindAt,
  numberAt,
  offsetAt,
  RECORD_HEADER,
  readSegmentHeader,
  revisionAt,
  SEGMENT_HEADER,
  type SegmentHeader,
  SHAPE,
  STREAM,
  segmentHeader,
  storedAt,
  TYPE,
  typeAt,
  wasDurable,
} from './format.js';
import { GrowingPostings, sealedPostings } from './postings.js';
import { nameOf, SEGMENT_NAME, Segment, sidecarOf } from './segment.js';
import { readSidecar, type Sidecar, sidecarBytes } from './sidecar.js';

export type SegmentsOptions = {
  folder: string;
  disk: Disk;
  segmentBytes: number;
  /** For a reader beside the process that writes: nothing is cut, made or written. */
  readOnly: boolean;
  /** Whether an append is on the disk when it returns. */
  isDurable: boolean;
  /** Told once of the bytes of a torn end that was cut off. */
  onTorn: (bytes: number, path: string) => void;
};

/** The files of a log, laid end to end; the last one grows. */
export class Segments {
  readonly all: Segment[] = [];
  readonly definitions = new Definitions();

  constructor(readonly options: SegmentsOptions) {
    if (!options.readOnly) options.disk.makeFolder(options.folder);
  }

  get last(): Segment | undefined {
    return this.all.at(-1);
  }

  /**
   * Opens what is there. A torn end of the last segment is cut off; damage anywhere else throws
   * `StoreUnavailable`.
   */
  open(): void {
    const { disk, folder } = this.options;
    if (disk.list(folder).includes('data.mdb')) {
      throw new StoreUnavailable(`${folder} was written by version 0.1, in another format`);
    }
    const folders = archivedFolders(disk, folder);
    for (const name of disk.list(folder)) if (SEGMENT_NAME.test(name)) folders.set(name, folder);
    const names = [...folders.keys()].sort();
    for (const name of names) {
      this.openOne(folders.get(name) as string, name, name === names.at(-1));
    }
  }

  private get opening(): Opening {
    if (this.options.readOnly) return 'read';
    return this.options.isDurable ? 'durable' : 'write';
  }

  private openOne(folder: string, name: string, isLast: boolean): void {
    const { disk } = this.options;
    const path = join(folder, name);
    const file = disk.open(path, isLast ? this.opening : 'read');
    const bytes = Buffer.alloc(SEGMENT_HEADER);
    file.read(bytes, 0);
    const header = headerOf(bytes, path);
    const isNext =
      header && header.base === (this.last?.limit ?? 0) && nameOf(header.number) === name;
    if (!isNext) {
      file.close();
      // Made, but cut off before its header was on the disk: nothing was ever written to it.
      // Only where the next one would be: a whole header elsewhere says that one is missing.
      const isNew = !header && nameOf((this.last?.number ?? 0) + 1) === name;
      if (!isLast || !isNew || !isEmpty(disk, folder, name)) throw new StoreDamaged(path, 0);
      if (!this.options.readOnly) disk.remove(path);
      return;
    }
    const segment = this.begun(header, folder);
    segment.file = file;
    segment.lastCreated = this.last?.lastCreated ?? 0;
    this.all.push(segment);
    const whole = this.takeSidecar(segment, isLast, file.size());
    if (!whole) this.scan(segment, isLast);
    if (!isLast && !whole) this.seal(segment);
    segment.durable = segment.end;
  }

  /** A segment without anything in it. */
  private begun(header: SegmentHeader, folder: string): Segment {
    const segment = new Segment(header, folder, new GrowingPostings(this.definitions.tail));
    const { names, types, shapes } = this.definitions;
    segment.defined = { streams: names.count, types: types.length, shapes: shapes.length };
    return segment;
  }

  /** Whether its sidecar covers all of it, so that it need not be read. */
  private takeSidecar(segment: Segment, isLast: boolean, size: number): boolean {
    const { disk } = this.options;
    const bytes = readWhole(disk, segment.folder, sidecarOf(nameOf(segment.number)));
    const sidecar = bytes && readSidecar(bytes, segment.id, segment.number);
    if (!sidecar || sidecar.end > size) return false;
    if (!isLast && sidecar.end !== size) return false;
    this.apply(sidecar, segment, isLast);
    return !isLast;
  }

  private apply(sidecar: Sidecar, segment: Segment, isLast: boolean): void {
    const { definitions } = this;
    definitions.addStreams(sidecar.names.bytes, sidecar.names.ends);
    for (const type of sidecar.types) definitions.addType(type);
    definitions.shapes.push(...sidecar.shapes);
    for (const stream of sidecar.tombstoned) definitions.tombstone(stream);
    segment.tombstoned.push(...sidecar.tombstoned);
    sidecar.marks.frames.forEach((frame, index) => {
      segment.mark(frame, sidecar.marks.offsets[index] as number);
    });
    Object.assign(segment, {
      end: sidecar.end,
      lastOffset: sidecar.lastOffset,
      lastCreated: sidecar.lastCreated,
    });
    const { streams, firsts, starts, offsets } = sidecar.postings;
    for (let index = 0; index < streams.length; index++) {
      const [stream, first, start] = [streams[index], firsts[index], starts[index]] as number[];
      const end = starts[index + 1] as number;
      this.know(stream as number, (first as number) + end - (start as number));
      if (!isLast) continue;
      for (let n = start as number; n < end; n++) {
        const revision = (first as number) + n - (start as number);
        (segment.postings as GrowingPostings).push(
          stream as number,
          revision,
          offsets[n] as number,
        );
      }
    }
    if (!isLast) segment.postings = sealedPostings(sidecar.postings);
  }

  private know(stream: number, next: number): void {
    const { definitions } = this;
    definitions.next.set(stream, next);
    if (definitions.firstIn.at(stream) === 0) definitions.firstIn.set(stream, this.all.length);
  }

  /** Reads a segment, and enters what no sidecar covers. */
  private scan(segment: Segment, isLast: boolean): void {
    const { file, path, end: known } = segment;
    if (!file) throw new Error(`${path} is not open`);
    const bytes = Buffer.allocUnsafeSlow(file.size());
    const read = bytes.subarray(0, file.read(bytes, 0));
    let at = SEGMENT_HEADER;
    for (let length = frameAt(read, at); length; length = frameAt(read, at)) {
      if (at >= known) this.visit(segment, read, at);
      at += length;
    }
    if (at < known) throw new StoreDamaged(path, at);
    segment.end = at;
    if (isLast && !wasDurable(read, at)) {
      if (!this.options.readOnly) this.cut(segment, tornBytes(read, at));
    } else if (at < read.length && !(isLast && this.isBeingWritten(segment))) {
      throw new StoreDamaged(path, at);
    }
  }

  /** Beside the writer, a frame may have been read while it came to the disk, and one after it. */
  private isBeingWritten({ file, end }: Segment): boolean {
    if (!file || !this.options.readOnly) return false;
    const bytes = Buffer.allocUnsafeSlow(file.size() - end);
    return frameAt(bytes.subarray(0, file.read(bytes, end)), 0) !== undefined;
  }

  private cut({ file, end, path }: Segment, torn: number): void {
    if (torn > 0) this.options.onTorn(torn, path);
    file?.truncate(end);
    file?.truncate(Math.max(end, this.options.segmentBytes));
    file?.sync();
  }

  private visit(segment: Segment, bytes: Buffer, frame: number): void {
    let isFirst = true;
    eachRecord(bytes, frame, (at) => {
      if (isFirst) segment.mark(frame, offsetAt(bytes, at));
      isFirst = false;
      if (kindAt(bytes, at) === EVENT) {
        this.place(segment, {
          stream: numberAt(bytes, at),
          revision: revisionAt(bytes, at),
          type: this.definitions.types[typeAt(bytes, at)]?.type,
          offset: at,
          logical: offsetAt(bytes, at),
          created: storedAt(bytes, at),
        });
      } else this.learn(bytes, at);
    });
  }

  private learn(bytes: Buffer, at: number): void {
    const { definitions } = this;
    const end = at + RECORD_HEADER + dataLengthAt(bytes, at);
    const what = JSON.parse(bytes.toString('utf8', at + RECORD_HEADER, end));
    const kind = kindAt(bytes, at);
    const number = numberAt(bytes, at);
    const add = {
      [STREAM]: () => definitions.addStream(what),
      [TYPE]: () => definitions.addType(what),
      [SHAPE]: () => definitions.shapes.push(what) - 1,
    }[kind];
    if (add?.() !== number) throw new Error(`definition ${number} of kind ${kind} is no next`);
  }

  /** Enters an event of the last segment into the index. */
  place(
    segment: Segment,
    event: {
      stream: number;
      revision: number;
      type: string | undefined;
      offset: number;
      /** Its offset at first writing. */
      logical: number;
      created: number;
    },
  ): void {
    const { stream, revision } = event;
    (segment.postings as GrowingPostings).push(stream, revision, event.offset);
    this.know(stream, revision + 1);
    segment.lastOffset = event.logical;
    segment.lastCreated = event.created;
    if (event.type !== TOMBSTONE) return;
    this.definitions.tombstone(stream);
    segment.tombstoned.push(stream);
  }

  /** For the next frame; a new one, not on the disk yet, when the last is all but full. */
  next(newId: () => string): Segment {
    const { last } = this;
    const { segmentBytes, folder } = this.options;
    if (last && last.end + segmentBytes / 8 <= segmentBytes) return last;
    const number = (last?.number ?? 0) + 1;
    const header = { id: last?.id ?? newId(), number, base: last?.limit ?? 0, span: 0 };
    // What the last one has must be sealed before the new one takes over the chains.
    if (last) last.postings = sealedPostings(last.postings.table());
    const segment = this.begun(header, folder);
    if (last) segment.lastCreated = last.lastCreated;
    this.all.push(segment);
    return segment;
  }

  /** Puts a new segment on the disk, when all of the one before it is. */
  create(segment: Segment): void {
    const { disk, folder, segmentBytes } = this.options;
    const before = this.all[this.all.indexOf(segment) - 1];
    if (before) this.roll(before);
    const file = disk.open(segment.path, this.opening);
    segment.file = file;
    file.truncate(segmentBytes);
    file.write(segmentHeader(segment), 0);
    file.sync();
    disk.syncFolder(folder);
    segment.durable = SEGMENT_HEADER;
  }

  private roll(segment: Segment): void {
    segment.file?.truncate(segment.end);
    segment.file?.sync();
    this.seal(segment);
  }

  /** Puts what was written of the last segment on the disk; the ones before it are. */
  sync(): void {
    this.last?.file?.sync();
  }

  /** Leaves a sidecar for the last segment too, unless memory may be ahead of the disk. */
  close({ isClean }: { isClean: boolean }): void {
    const { last } = this;
    try {
      if (isClean && last?.file && last.durable === last.end) {
        if (!this.options.isDurable) last.file.sync();
        this.writeSidecar(last);
      }
    } catch {
      // It is made again from the segment.
    } finally {
      for (const segment of this.all) segment.close();
    }
  }

  /** Writes the sidecar of a segment that does not grow any more. */
  private seal(segment: Segment): void {
    segment.postings = sealedPostings(segment.postings.table());
    if (!this.options.readOnly) this.writeSidecar(segment);
  }

  private writeSidecar(segment: Segment): void {
    const { names, types, shapes } = this.definitions;
    const { defined, number, id, end, lastOffset, lastCreated, marks, tombstoned } = segment;
    const after = this.all[this.all.indexOf(segment) + 1]?.defined;
    const sidecar: Sidecar = {
      ...{ end, lastOffset, lastCreated, marks, tombstoned },
      names: names.between(defined.streams, after?.streams ?? names.count),
      types: types.slice(defined.types, after?.types),
      shapes: shapes.slice(defined.shapes, after?.shapes),
      postings: segment.postings.table(),
    };
    const path = join(segment.folder, sidecarOf(nameOf(number)));
    writeWhole(this.options.disk, path, sidecarBytes(sidecar, id, number));
  }

  /** The segment in which a position lies. */
  holding(position: number): Segment {
    let low = 0;
    let high = this.all.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.all[middle] as Segment).base <= position) low = middle;
      else high = middle;
    }
    return this.all[low] as Segment;
  }
}

const isEmpty = (disk: Disk, folder: string, name: string): boolean =>
  (readWhole(disk, folder, name) ?? Buffer.alloc(0))
    .subarray(SEGMENT_HEADER)
    .every((byte) => byte === 0);

const headerOf = (bytes: Buffer, path: string): SegmentHeader | undefined => {
  try {
    return readSegmentHeader(bytes);
  } catch (cause) {
    throw new StoreUnavailable(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
};

/** How many bytes of what follows the last whole frame are not merely preallocated. */
const tornBytes = (bytes: Buffer, from: number): number => {
  let end = bytes.length;
  while (end > from && bytes[end - 1] === 0) end -= 1;
  return end - from;
};
