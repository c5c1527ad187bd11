import type { Metadata } from '#lumbung/kernel';
import { RawPayload, type Stored } from '../port.js';
import type { PayloadCodec } from './segment/codec.js';
import type { Definitions } from './segment/definitions.js';
import {
  dataKindAt,
  dataLengthAt,
  idAt,
  metadataKindAt,
  numberAt,
  offsetAt,
  RAW_JSON,
  RECORD_HEADER,
  revisionAt,
  sizeAt,
  storedAt,
  typeAt,
  VALUE,
} from './segment/format.js';

/** What is needed to read the records of a log. */
export type Reading = { definitions: Definitions; codec: PayloadCodec };

/** An event in the bytes of its record: decoded when it is asked for, and then once. */
export class StoredEvent implements Stored {
  private knownData: unknown;
  private knownMetadata: unknown;

  constructor(
    private readonly bytes: Buffer,
    private readonly at: number,
    private readonly base: number,
    private readonly reading: Reading,
  ) {}

  get id(): string {
    return idAt(this.bytes, this.at);
  }

  get stream(): string {
    return this.reading.definitions.names.nameOf(numberAt(this.bytes, this.at));
  }

  get revision(): number {
    return revisionAt(this.bytes, this.at);
  }

  get position(): bigint {
    return BigInt(this.base + offsetAt(this.bytes, this.at));
  }

  get created(): number {
    return storedAt(this.bytes, this.at);
  }

  get type(): string {
    return this.definition.type;
  }

  get version(): number {
    return this.definition.version;
  }

  get data(): unknown {
    this.knownData ??= this.payload(dataKindAt(this.bytes, this.at), this.start, this.middle);
    return this.knownData;
  }

  get metadata(): Metadata {
    const kind = metadataKindAt(this.bytes, this.at);
    this.knownMetadata ??= this.payload(kind, this.middle, this.end);
    return this.knownMetadata as Metadata;
  }

  get rawData(): RawPayload | undefined {
    return this.raw(dataKindAt(this.bytes, this.at), this.start, this.middle);
  }

  get rawMetadata(): RawPayload | undefined {
    return this.raw(metadataKindAt(this.bytes, this.at), this.middle, this.end);
  }

  /** As JSON, for what prints or compares events. */
  toJSON(): Omit<Stored, 'rawData' | 'rawMetadata'> {
    const { id, stream, revision, position, created, type, version, data, metadata } = this;
    return { id, stream, revision, position, created, type, version, data, metadata };
  }

  private get definition() {
    const number = typeAt(this.bytes, this.at);
    const definition = this.reading.definitions.types[number];
    if (!definition) throw new Error(`event type ${number} is not defined before its event`);
    return definition;
  }

  private get start(): number {
    return this.at + RECORD_HEADER;
  }

  private get middle(): number {
    return this.start + dataLengthAt(this.bytes, this.at);
  }

  private get end(): number {
    return this.at + sizeAt(this.bytes, this.at);
  }

  private payload(kind: number, start: number, end: number): unknown {
    if (kind === VALUE) return this.reading.codec.unpack(this.bytes, start, end);
    return this.raw(kind, start, end)?.value();
  }

  private raw(kind: number, start: number, end: number): RawPayload | undefined {
    if (kind === VALUE) return;
    return new RawPayload(this.bytes.subarray(start, end), kind === RAW_JSON);
  }
}
