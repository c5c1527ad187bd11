import type { Recorded } from '#lumbung/kernel';
import type { StreamSoFar } from '../append.js';
import type { Appended, Direction, NewEvent } from '../port.js';
import { type Definitions, Encoder } from './encoder.js';
import {
  EVENT,
  FRAME_HEADER,
  RECORD_HEADER,
  type RecordHeader,
  readRecordHeader,
  SHAPE,
  STREAM,
  TYPE,
} from './format.js';
import { Positions } from './positions.js';
import type { Segment, Segments } from './segments.js';

const WINDOW = 256 << 10;

const NOWHERE = new Positions();

const firstOf = (direction: Direction) => (direction === 'forwards' ? 0 : Number.POSITIVE_INFINITY);

/** Where every event of a log lies, in memory; and the events themselves, on the disk. */
export class Catalogue {
  private readonly streams = new Map<string, Positions>();
  private readonly all = new Positions();
  private readonly encoder: Encoder;
  /** Ids of events that are not written yet, by position. */
  private readonly fresh = new Map<number, string>();
  private durable = 0;
  private start = 0;
  private segment: Segment;
  private window: { from: number; bytes: Buffer } = { from: 0, bytes: Buffer.alloc(0) };

  private constructor(
    private readonly segments: Segments,
    private readonly defined: Definitions,
    newId: () => string,
  ) {
    segments.open((segment, frame, offset) => this.visit(segment.base + offset, frame));
    this.durable = this.all.at(this.all.length - 1) ?? 0;
    this.encoder = new Encoder(defined);
    this.segment = segments.last ?? segments.roomFor(newId());
  }

  static over(segments: Segments, newId: () => string): Catalogue {
    return new Catalogue(segments, { streams: [], types: [], shapes: [] }, newId);
  }

  get id(): string {
    return this.segment.id;
  }

  head(): bigint | undefined {
    return this.durable === 0 ? undefined : BigInt(this.durable);
  }

  private visit(position: number, frame: Buffer): void {
    let at = FRAME_HEADER;
    for (let left = frame.readUInt32LE(8); left > 0; left--) {
      const header = readRecordHeader(frame, at);
      if (header.kind === EVENT) this.place(this.nameOf(header), position + at);
      else this.learn(header, frame.toString('utf8', at + RECORD_HEADER, at + header.size));
      at += header.size;
    }
  }

  private nameOf({ number }: RecordHeader): string {
    const name = this.defined.streams[number];
    if (name === undefined) throw new Error(`stream ${number} is not defined before its event`);
    return name;
  }

  private learn({ kind, number }: RecordHeader, json: string): void {
    const of = { [STREAM]: 'streams', [TYPE]: 'types', [SHAPE]: 'shapes' } as const;
    const list = this.defined[of[kind as keyof typeof of]] as unknown[];
    if (list?.length !== number) throw new Error(`definition ${number} of kind ${kind} is no next`);
    list.push(JSON.parse(json));
  }

  private place(stream: string, position: number): number {
    const positions = this.streams.get(stream) ?? new Positions();
    this.streams.set(stream, positions);
    positions.push(position);
    this.all.push(position);
    return positions.length - 1;
  }

  /** What an append is weighed against, those of the same commit included. */
  soFar(stream: string): StreamSoFar {
    const positions = this.streams.get(stream) ?? NOWHERE;
    return {
      last: positions.length - 1,
      at: (revision) => {
        const position = positions.at(revision);
        if (position === undefined) return;
        return { id: this.fresh.get(position) ?? this.idAt(position), position: BigInt(position) };
      },
    };
  }

  /** Begins a commit, in a segment that has room for it. */
  begin(): void {
    this.segment = this.segments.roomFor(this.id);
    this.start = this.segment.base + this.segment.end;
    this.encoder.begin();
  }

  add(stream: string, events: readonly NewEvent[]): Appended {
    let revision = this.soFar(stream).last;
    let position = 0;
    for (const event of events) {
      position = this.start + this.encoder.add(stream, revision + 1, event);
      this.fresh.set(position, event.id);
      revision = this.place(stream, position);
    }
    return { revision, position: BigInt(position) };
  }

  /** Resolves when all that was added is on the disk; only then is it read. */
  async commit(): Promise<void> {
    if (this.fresh.size === 0) return;
    await this.segments.append(this.segment, this.encoder.finish());
    this.durable = this.all.at(this.all.length - 1) ?? 0;
    this.fresh.clear();
  }

  streamPage(stream: string, direction: Direction, from: number | undefined, limit: number) {
    const positions = this.streams.get(stream) ?? NOWHERE;
    return this.pageOf(positions, direction, from ?? firstOf(direction), limit);
  }

  page(direction: Direction, from: bigint | undefined, limit: number): Recorded[] {
    return this.pageOf(this.all, direction, this.indexOf(direction, from), limit);
  }

  /** The event at a position, or the next in that direction. */
  private indexOf(direction: Direction, from: bigint | undefined): number {
    if (from === undefined) return firstOf(direction);
    const position = Number(from);
    if (direction === 'forwards') return this.all.countBefore(position);
    return this.all.countBefore(position + 1) - 1;
  }

  private pageOf(positions: Positions, direction: Direction, start: number, limit: number) {
    const visible = positions.countBefore(this.durable + 1);
    const isBackwards = direction === 'backwards';
    const first = isBackwards ? Math.min(start, visible - 1) : start;
    const left = isBackwards ? first + 1 : visible - first;
    const page: Recorded[] = [];
    for (let n = 0; n < Math.min(limit, left); n++) {
      const index = isBackwards ? first - n : first + n;
      page.push(this.eventAt(positions.at(index) as number, isBackwards));
    }
    return page;
  }

  private idAt(position: number): string {
    const { bytes, at, header } = this.recordAt(position, false);
    return bytes.toString('utf8', at + RECORD_HEADER, at + RECORD_HEADER + header.idLength);
  }

  private eventAt(position: number, isBackwards: boolean): Recorded {
    const { bytes, at, header } = this.recordAt(position, isBackwards);
    const { type, version } = this.defined.types[header.type] ?? { type: '', version: 0 };
    const idEnd = at + RECORD_HEADER + header.idLength;
    const dataEnd = idEnd + header.dataLength;
    const { codec } = this.encoder;
    return {
      id: bytes.toString('latin1', at + RECORD_HEADER, idEnd),
      stream: this.nameOf(header),
      revision: header.revision,
      position: BigInt(position),
      type,
      version,
      data: codec.unpack(bytes, idEnd, dataEnd),
      metadata: codec.unpack(bytes, dataEnd, at + header.size),
    };
  }

  /** Reads around a record what is likely to be read next. */
  private recordAt(position: number, isBackwards: boolean) {
    const known = this.inWindow(position);
    if (known) return known;
    const { base } = this.segments.holding(position);
    const from = isBackwards ? Math.max(base, position - WINDOW / 2) : position;
    this.window = { from, bytes: this.segments.read(from, WINDOW) };
    const found = this.inWindow(position);
    if (found) return found;
    const { size } = readRecordHeader(this.segments.read(position, RECORD_HEADER), 0);
    const bytes = this.segments.read(position, size);
    return { bytes, at: 0, header: readRecordHeader(bytes, 0) };
  }

  private inWindow(position: number) {
    const { from, bytes } = this.window;
    const at = position - from;
    if (at < 0 || at + RECORD_HEADER > bytes.length) return;
    const header = readRecordHeader(bytes, at);
    // What was not written yet when the window was read is nothing there.
    if (header.size === 0 || at + header.size > bytes.length) return;
    return { bytes, at, header };
  }
}
