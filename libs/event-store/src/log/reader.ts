import { type Direction, StoreDamaged, type Stored } from '../port.js';
import type { Log, Page, Search, Standing } from '../reading.js';
import {
  DELETED,
  firstCounted,
  firstVisible,
  metadataStream,
  metadataTarget,
  type StreamMetadata,
} from '../retention.js';
import type { Disk } from './segment/disk.js';
import {
  EVENT,
  FRAME_HEADER,
  frameAt,
  frameLengthAt,
  isRecordAt,
  kindAt,
  numberAt,
  offsetAt,
  RECORD_HEADER,
  recordsIn,
  SEGMENT_HEADER,
  sizeAt,
  typeAt,
} from './segment/format.js';
import { countUpTo } from './segment/numbers.js';
import { GrowingPostings } from './segment/postings.js';
import type { Segment } from './segment/segment.js';
import type { Segments } from './segment/segments.js';
import { type Reading, StoredEvent } from './stored-event.js';
import { Tail } from './tail.js';

const CHUNK_BYTES = 256 << 10;
const PAGE_BYTES = 4 << 20;
const RECORD_BYTES = 2 << 10;

/** Whole frames of a segment, one after the other. */
type Chunk = { bytes: Buffer };

/** An event's record in bytes that hold it. */
export type Place = { bytes: Buffer; at: number };

/** Reads events where they lie. */
export class Reader {
  readonly tail = new Tail();
  private readonly disk: Disk;
  private readonly metadata = new Map<number, StreamMetadata>();

  constructor(
    private readonly segments: Segments,
    private readonly reading: Reading,
    private readonly now_ms: () => number,
  ) {
    this.disk = segments.options.disk;
    const last = segments.all.findLast(({ lastOffset }) => lastOffset >= 0);
    this.last = last ? last.base + last.lastOffset : -1;
  }

  /** The position of the last event that is on the disk; −1 when there is none. */
  last: number;

  standing(stream: string): Standing {
    const { definitions } = this.reading;
    const number = definitions.names.find(stream);
    if (number < 0) return 'none';
    const last = this.durableOf(number);
    if (last < 0) return 'none';
    const isLast = last === definitions.next.at(number) - 1;
    if (isLast && definitions.isTombstoned(number)) return 'tombstoned';
    return firstCounted(this.metadataOf(number)) === DELETED ? 'none' : 'there';
  }

  /** Of what is on the disk. */
  metadataOf(stream: number): StreamMetadata {
    const { definitions } = this.reading;
    if (!definitions.hasMetadata(stream)) return {};
    const known = this.metadata.get(stream);
    if (known) return known;
    const its = definitions.names.find(metadataStream(definitions.names.nameOf(stream)));
    const last = this.durableOf(its);
    const read = last < 0 ? {} : (this.eventOf(its, last)?.data as StreamMetadata);
    this.metadata.set(stream, read);
    return read;
  }

  learnMetadata(stream: number, metadata: StreamMetadata): void {
    this.metadata.set(stream, metadata);
  }

  private eventOf(stream: number, revision: number): StoredEvent | undefined {
    const place = this.placeOf(stream, revision);
    return place && this.eventAt(place.segment, place.offset);
  }

  /** Where an event lies, also one that is not on the disk yet. */
  placeOf(stream: number, revision: number): { segment: Segment; offset: number } | undefined {
    const [run] = this.runs(stream, revision, revision);
    return run && { segment: run.segment, offset: run.offsets[0] as number };
  }

  /** Where the events of a stream from a revision to another lie, segment by segment. */
  private runs(stream: number, from: number, to: number) {
    const { all } = this.segments;
    const runs: { segment: Segment; first: number; offsets: Uint32Array }[] = [];
    const oldest = this.firstIn(stream);
    for (let index = all.length - 1; index >= oldest; index--) {
      const segment = all[index] as Segment;
      const { postings } = segment;
      const { first, offsets } =
        postings instanceof GrowingPostings ? postings.from(stream, from) : postings.of(stream);
      if (offsets.length === 0) continue;
      const start = Math.max(0, from - first);
      const end = Math.min(offsets.length, to - first + 1);
      if (start < end) {
        runs.unshift({ segment, first: first + start, offsets: offsets.subarray(start, end) });
      }
      if (first <= from) break;
    }
    return runs;
  }

  /** The place of the first segment that has, or had, events of a stream. */
  private firstIn(stream: number): number {
    return Math.max(0, this.reading.definitions.firstIn.at(stream) - 1);
  }

  private oldestOf(stream: number): number {
    for (const { postings } of this.segments.all.slice(this.firstIn(stream))) {
      const { first, offsets } = postings.of(stream);
      if (offsets.length > 0) return first;
    }
    return 0;
  }

  /** The last revision that is on the disk. */
  private durableOf(stream: number): number {
    let revision = this.reading.definitions.next.at(stream) - 1;
    while (revision >= 0) {
      const place = this.placeOf(stream, revision);
      if (!place || place.offset < place.segment.durable) break;
      revision -= 1;
    }
    return revision;
  }

  private visible(stream: number): { first: number; last: number } {
    const last = this.durableOf(stream);
    const metadata = this.metadataOf(stream);
    const hasLimits = Object.keys(metadata).length > 0;
    if (!hasLimits) return { first: 0, last };
    const created = (revision: number) => this.eventOf(stream, revision)?.created ?? 0;
    const range = { oldest: this.oldestOf(stream), last };
    return { first: firstVisible(metadata, range, this.now_ms(), created), last };
  }

  /** Whether an event counts no more, and its stream can do without it. */
  hasLetGo(stream: number, revision: number): boolean {
    const { definitions } = this.reading;
    if (revision === definitions.next.at(stream) - 1) return false;
    if (definitions.isTombstoned(stream) || this.isOfMetadata(stream)) return true;
    return definitions.hasMetadata(stream) && revision < this.visible(stream).first;
  }

  private isOfMetadata(stream: number): boolean {
    return metadataTarget(this.reading.definitions.names.nameOf(stream)) !== undefined;
  }

  streamPage(
    stream: string,
    direction: Direction,
    from: number | undefined,
    limit: number,
  ): Stored[] {
    const number = this.reading.definitions.names.find(stream);
    if (number < 0) return [];
    const { first, last } = this.visible(number);
    const isForwards = direction === 'forwards';
    const start = isForwards
      ? Math.max(first, from ?? 0)
      : Math.min(last, from ?? last) - limit + 1;
    const end = isForwards ? Math.min(last, start + limit - 1) : Math.min(last, from ?? last);
    if (end < first || end < start) return [];
    const events: Stored[] = [];
    for (const { segment, offsets } of this.runs(number, Math.max(first, start), end)) {
      for (const offset of offsets) events.push(this.eventAt(segment, offset));
    }
    return isForwards ? events : events.reverse();
  }

  private eventAt(segment: Segment, offset: number): StoredEvent {
    const { bytes, at } = this.recordAt(segment, offset);
    return new StoredEvent(bytes, at, segment.base, this.reading);
  }

  private readonly scratch = Buffer.allocUnsafeSlow(RECORD_BYTES);

  /** The record at a byte of a segment. */
  recordAt(segment: Segment, offset: number): Place {
    const batch = this.tail.holding(segment, offset);
    if (batch) return { bytes: batch.bytes, at: offset - batch.start };
    const file = segment.opened(this.disk);
    const { scratch } = this;
    const read = file.read(scratch, offset);
    const size = read < RECORD_HEADER ? 0 : sizeAt(scratch, 0);
    if (size < RECORD_HEADER || offset + size > segment.end)
      throw new StoreDamaged(segment.path, offset);
    const bytes = Buffer.allocUnsafe(size);
    if (size <= read) scratch.copy(bytes, 0, 0, size);
    else file.read(bytes, offset);
    if (!isRecordAt(bytes, 0)) throw new StoreDamaged(segment.path, offset);
    return { bytes, at: 0 };
  }

  page(search: Search): Page {
    const { last } = this;
    const isForwards = search.direction === 'forwards';
    const from = search.from === undefined ? (isForwards ? 0 : last) : Number(search.from);
    if (isForwards ? from > last : from < 0 || last < 0) {
      return { events: [], last: undefined, ended: true };
    }
    return isForwards
      ? this.forwards(from, last, search)
      : this.backwards(Math.min(from, last), search);
  }

  private forwards(from: number, end: number, { limit, passes }: Search): Page {
    const events: Stored[] = [];
    let last = -1;
    let budget = PAGE_BYTES;
    let index = this.segments.all.indexOf(this.segments.holding(from));
    let frame = -1;
    while (last < end && budget > 0 && limit > 0) {
      const segment = this.segments.all[index] as Segment;
      if (frame < 0) frame = this.frameBefore(segment, from - segment.base);
      if (frame >= segment.durable) {
        index += 1;
        frame = -1;
        continue;
      }
      const chunk = this.chunkAt(segment, frame, CHUNK_BYTES);
      budget -= chunk.bytes.length;
      frame += chunk.bytes.length;
      const isFull = eachEvent(chunk, (at) => {
        const position = segment.base + offsetAt(chunk.bytes, at);
        if (position < from) return false;
        last = position;
        if (this.passes(chunk.bytes, at, passes)) {
          events.push(new StoredEvent(chunk.bytes, at, segment.base, this.reading));
        }
        return events.length === limit;
      });
      if (isFull) break;
    }
    return { events, last: last < 0 ? undefined : BigInt(last), ended: last < 0 || last >= end };
  }

  private backwards(from: number, { limit, passes }: Search): Page {
    const events: Stored[] = [];
    let last = -1;
    let left = PAGE_BYTES;
    for (let index = this.segments.all.indexOf(this.segments.holding(from)); index >= 0; index--) {
      const segment = this.segments.all[index] as Segment;
      const { frames, offsets } = segment.marks;
      for (let mark = countUpTo(offsets, from - segment.base) - 1; mark >= 0; mark--) {
        const start = frames[mark] as number;
        const end = Math.min(frames[mark + 1] ?? segment.durable, segment.durable);
        for (const { bytes, at } of this.placesBetween(segment, start, end).reverse()) {
          const position = segment.base + offsetAt(bytes, at);
          if (position > from) continue;
          if (events.length === limit) return { events, last: BigInt(last), ended: false };
          last = position;
          if (!this.passes(bytes, at, passes)) continue;
          events.push(new StoredEvent(bytes, at, segment.base, this.reading));
        }
        left -= end - start;
        if (left < 0 && last >= 0) return { events, last: BigInt(last), ended: false };
      }
    }
    return { events, last: last < 0 ? undefined : BigInt(last), ended: true };
  }

  private placesBetween(segment: Segment, start: number, end: number): Place[] {
    const places: Place[] = [];
    for (let frame = start; frame < end; ) {
      const chunk = this.chunkAt(segment, frame, end - frame);
      // What was written last comes in one piece, with more than was asked for.
      const bytes = chunk.bytes.subarray(0, end - frame);
      eachEvent({ bytes }, (at) => {
        places.push({ bytes, at });
        return false;
      });
      frame += bytes.length;
    }
    return places;
  }

  private passes(bytes: Buffer, at: number, passes: Search['passes']): boolean {
    const { names, types } = this.reading.definitions;
    return passes(names.nameOf(numberAt(bytes, at)), types[typeAt(bytes, at)]?.type ?? '');
  }

  /** Where a frame begins, of those that hold what first lay at `offset` or come before it. */
  private frameBefore(segment: Segment, offset: number): number {
    const { frames, offsets } = segment.marks;
    const recent = segment.span === 0 && this.tail.holding(segment, offset);
    if (recent) return recent.start;
    return frames[Math.max(0, countUpTo(offsets, offset) - 1)] ?? SEGMENT_HEADER;
  }

  /** Whole frames from one on: some `bytes` of them, or one that is larger; of what is durable. */
  private chunkAt(segment: Segment, frame: number, bytes: number): Chunk {
    const batch = this.tail.holding(segment, frame);
    if (batch) return { bytes: batch.bytes.subarray(frame - batch.start) };
    const file = segment.opened(this.disk);
    const left = segment.durable - frame;
    let buffer = Buffer.allocUnsafeSlow(Math.min(bytes, left));
    file.read(buffer, frame);
    const first = frameLengthAt(buffer, 0) ?? 0;
    if (first > buffer.length && first <= left) {
      buffer = Buffer.allocUnsafeSlow(first);
      file.read(buffer, frame);
    }
    let end = 0;
    for (let length = frameAt(buffer, 0); length; length = frameAt(buffer, end)) end += length;
    const isCut =
      (frameLengthAt(buffer, end) ?? 0) > buffer.length - end || buffer.length - end < FRAME_HEADER;
    if (end === 0 || (end < buffer.length && !isCut))
      throw new StoreDamaged(segment.path, frame + end);
    return { bytes: buffer.subarray(0, end) };
  }
}

/** Shows where each event of a chunk begins, until `show` is true; whether it came to that. */
const eachEvent = ({ bytes }: Chunk, show: (at: number) => boolean): boolean => {
  let at = 0;
  while (at < bytes.length) {
    const end = at + (frameLengthAt(bytes, at) as number);
    let left = recordsIn(bytes, at);
    for (at += FRAME_HEADER; left > 0; left--) {
      if (kindAt(bytes, at) === EVENT && show(at)) return true;
      at += sizeAt(bytes, at);
    }
    at = end;
  }
  return false;
};

/** A reader as the reading half of a store asks for it. */
export const readsOf = (
  reader: Reader,
): Pick<Log, 'head' | 'standing' | 'streamPage' | 'page'> => ({
  head: () => (reader.last < 0 ? undefined : BigInt(reader.last)),
  standing: (stream) => reader.standing(stream),
  streamPage: (...page) => reader.streamPage(...page),
  page: (search) => reader.page(search),
});
