import { type NewEvent, RawPayload } from '../port.js';
import { type PayloadCodec, payloadCodec } from './segment/codec.js';
import type { Definitions } from './segment/definitions.js';
import {
  aligned,
  EVENT,
  FRAME_HEADER,
  RAW_BYTES,
  RAW_JSON,
  RECORD_HEADER,
  SHAPE,
  STREAM,
  sealFrame,
  sealRecord,
  TYPE,
  VALUE,
  writeRecordHeader,
} from './segment/format.js';

const FIRST_BYTES = 1 << 20;
/** A frame that has this many is closed after the append. */
const FRAME_BYTES = 64 << 10;
const NO_ID = '00000000-0000-0000-0000-000000000000';

const kindOf = (payload: unknown) => {
  if (!(payload instanceof RawPayload)) return VALUE;
  return payload.isJson ? RAW_JSON : RAW_BYTES;
};

const viewOf = ({ buffer, byteOffset, length }: Buffer) => new DataView(buffer, byteOffset, length);

/** Gathers frames that are written together, and before each event whatever it is first to name. */
export class Encoder {
  readonly codec: PayloadCodec;
  private buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private other = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private view = viewOf(this.buffer);
  private otherView = viewOf(this.other);
  private end = 0;
  private frame = -1;
  private records = 0;
  private from = 0;
  private durable = 0;
  private newShapes: number[] = [];

  constructor(private readonly definitions: Definitions) {
    // The codec keeps a list of its own, and tells of what it adds to it.
    this.codec = payloadCodec([...definitions.shapes], (shape) => {
      this.newShapes.push(definitions.shapes.push(shape) - 1);
    });
  }

  get isEmpty(): boolean {
    return this.end === 0;
  }

  /** Begins where a segment ends; what is before its byte `durable` is on the disk. */
  begin(from: number, durable: number): void {
    this.from = from;
    this.durable = durable;
    this.end = 0;
  }

  /** What is added until the next call stands or falls together. */
  beginAppend(): void {
    if (this.frame >= 0 && this.end - this.frame >= FRAME_BYTES) this.endFrame();
    if (this.frame >= 0) return;
    this.frame = this.end;
    this.records = 0;
    this.reserve(FRAME_HEADER);
    this.end += FRAME_HEADER;
  }

  private endFrame(): void {
    const end = aligned(this.end);
    this.reserve(end - this.end);
    this.buffer.fill(0, this.end, end);
    const { frame: start, records, durable } = this;
    sealFrame(this.buffer, { start, end, records, durable });
    this.end = end;
    this.frame = -1;
  }

  /** Closes the last frame and answers all of them: valid until the next but one are answered. */
  finish(): Buffer {
    if (this.frame >= 0) this.endFrame();
    const bytes = this.buffer.subarray(0, this.end);
    [this.buffer, this.other] = [this.other, this.buffer];
    [this.view, this.otherView] = [this.otherView, this.view];
    this.end = 0;
    return bytes;
  }

  /** The bytes of a record that is not written yet, of the segment that is written to. */
  pending(offset: number): { bytes: Buffer; at: number } | undefined {
    const at = offset - this.from;
    return at >= 0 && at < this.end ? { bytes: this.buffer, at } : undefined;
  }

  /** Adds an event; answers its offset in the segment. */
  add(stream: number, revision: number, event: NewEvent, created: number): number {
    const type = this.typeNumber(event);
    const start = this.end;
    const from = start + RECORD_HEADER;
    const dataLength = this.copy(event.data, from);
    const size = RECORD_HEADER + dataLength + this.copy(event.metadata, from + dataLength);
    if (this.newShapes.length > 0) this.defineBefore(start, size);
    const at = this.end;
    const header = {
      size,
      offset: this.from + at,
      kind: EVENT,
      dataKind: kindOf(event.data),
      metadataKind: kindOf(event.metadata),
      type,
      number: stream,
      revision,
      created,
      dataLength,
    };
    writeRecordHeader(this.buffer, this.view, at, header, event.id);
    sealRecord(this.buffer, at);
    this.end += size;
    this.records += 1;
    return this.from + at;
  }

  private copy(payload: unknown, to: number): number {
    const bytes = payload instanceof RawPayload ? payload.bytes : this.codec.pack(payload);
    this.reserve(to - this.end + bytes.length);
    this.buffer.set(bytes, to);
    return bytes.length;
  }

  /** Shapes that a payload is the first to name go before it, though it showed them. */
  private defineBefore(start: number, size: number): void {
    const record = Buffer.from(this.buffer.subarray(start, start + size));
    for (const number of this.newShapes.splice(0)) {
      this.define(SHAPE, number, this.definitions.shapes[number]);
    }
    this.reserve(size);
    record.copy(this.buffer, this.end);
  }

  /** The number of a stream that is not in the log yet. */
  addStream(name: string): number {
    const number = this.definitions.addStream(name);
    this.define(STREAM, number, name);
    return number;
  }

  private typeNumber({ type, version }: NewEvent): number {
    const known = this.definitions.typeNumber({ type, version });
    if (known !== undefined) return known;
    const number = this.definitions.addType({ type, version });
    this.define(TYPE, number, { type, version });
    return number;
  }

  private define(kind: number, number: number, what: unknown): void {
    const json = Buffer.from(JSON.stringify(what));
    const size = RECORD_HEADER + json.length;
    this.reserve(size);
    const header = {
      ...{ size, offset: this.from + this.end, kind, number, revision: 0, type: 0, created: 0 },
      ...{ dataKind: RAW_JSON, metadataKind: VALUE, dataLength: json.length },
    };
    writeRecordHeader(this.buffer, this.view, this.end, header, NO_ID);
    json.copy(this.buffer, this.end + RECORD_HEADER);
    sealRecord(this.buffer, this.end);
    this.end += size;
    this.records += 1;
  }

  private reserve(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.buffer.length, this.end + 2 * bytes));
    this.buffer.copy(larger);
    this.buffer = larger;
    this.view = viewOf(larger);
  }
}
