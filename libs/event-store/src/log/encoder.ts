import { type NewEvent } from '../port.js';
import { type PayloadCodec, payloadCodec, type Shape } from './codec.js';
import {
  aligned,
  EVENT,
  FRAME_HEADER,
  RECORD_HEADER,
  SHAPE,
  STREAM,
  sealFrame,
  TYPE,
  writeRecordHeader,
} from './format.js';

const FIRST_BYTES = 1 << 20;

/** An event's name and version. */
export type EventType = { type: string; version: number };

/** What the log has defined so far: streams, types and shapes are called by number in it. */
export type Definitions = { streams: string[]; types: EventType[]; shapes: Shape[] };

const keyOf = ({ type, version }: EventType) => `${version}/${type}`;

/** Gathers one frame at a time: events, and before each whatever it is the first to name. */
export class Encoder {
  readonly codec: PayloadCodec;
  private readonly streams = new Map<string, number>();
  private readonly types = new Map<string, number>();
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private end = FRAME_HEADER;
  private records = 0;

  constructor(readonly defined: Definitions) {
    for (const [number, name] of defined.streams.entries()) this.streams.set(name, number);
    for (const [number, type] of defined.types.entries()) this.types.set(keyOf(type), number);
    const known = [...defined.shapes];
    this.codec = payloadCodec(known, (shape) => {
      this.define(SHAPE, defined.shapes.push(shape) - 1, shape);
    });
  }

  /** Bytes of the frame so far. */
  get size(): number {
    return this.end;
  }

  begin(): void {
    this.end = FRAME_HEADER;
    this.records = 0;
  }

  /** The finished frame; valid until the next begins. */
  finish(): Buffer {
    this.reserve(aligned(this.end) - this.end);
    this.buffer.fill(0, this.end, aligned(this.end));
    const frame = this.buffer.subarray(0, aligned(this.end));
    sealFrame(frame, this.records);
    return frame;
  }

  /** Adds an event; answers its offset in the frame. */
  add(stream: string, revision: number, event: NewEvent): number {
    const number = this.streamNumber(stream);
    const type = this.typeNumber(event);
    // Each copy at once: packing again takes the same bytes, and new shapes go before the event.
    const data = Buffer.from(this.codec.pack(event.data));
    const metadata = Buffer.from(this.codec.pack(event.metadata));
    const idLength = Buffer.byteLength(event.id);
    const size = RECORD_HEADER + idLength + data.length + metadata.length;
    this.reserve(size);
    const at = this.end;
    const header = { size, kind: EVENT, idLength, number, revision, type };
    writeRecordHeader(this.buffer, at, { ...header, dataLength: data.length });
    this.buffer.write(event.id, at + RECORD_HEADER);
    data.copy(this.buffer, at + RECORD_HEADER + idLength);
    metadata.copy(this.buffer, at + size - metadata.length);
    this.end += size;
    this.records += 1;
    return at;
  }

  private streamNumber(stream: string): number {
    const known = this.streams.get(stream);
    if (known !== undefined) return known;
    const number = this.defined.streams.push(stream) - 1;
    this.streams.set(stream, number);
    this.define(STREAM, number, stream);
    return number;
  }

  private typeNumber({ type, version }: EventType): number {
    const key = keyOf({ type, version });
    const known = this.types.get(key);
    if (known !== undefined) return known;
    const number = this.defined.types.push({ type, version }) - 1;
    this.types.set(key, number);
    this.define(TYPE, number, { type, version });
    return number;
  }

  private define(kind: number, number: number, what: unknown): void {
    const json = Buffer.from(JSON.stringify(what));
    const size = RECORD_HEADER + json.length;
    this.reserve(size);
    const header = { size, kind, idLength: 0, number, revision: 0, type: 0 };
    writeRecordHeader(this.buffer, this.end, { ...header, dataLength: json.length });
    json.copy(this.buffer, this.end + RECORD_HEADER);
    this.end += size;
    this.records += 1;
  }

  private reserve(bytes: number): void {
    if (this.end + bytes + FRAME_HEADER <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.buffer.length, this.end + 2 * bytes));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }
}
