import { metadataTarget } from '../../retention.js';
import type { Shape } from './codec.js';
import { Names } from './names.js';
import { Numbers } from './numbers.js';

/** An event's name and version. */
export type EventType = { type: string; version: number };

const HAS_METADATA = 1;
const IS_TOMBSTONED = 2;

/** What a log calls by number, and what is known of each stream: a few numbers of four bytes. */
export class Definitions {
  readonly types: EventType[] = [];
  readonly shapes: Shape[] = [];
  readonly names = new Names();
  /** The revision that the next event of a stream will have. */
  readonly next = new Numbers();
  /** Place + 1 of its last event among those of the last segment. */
  readonly tail = new Numbers();
  /** Place + 1 of the first segment that has events of it. */
  readonly firstIn = new Numbers();
  private readonly flags = new Numbers();
  private readonly typeNumbers = new Map<string, number>();

  typeNumber({ type, version }: EventType): number | undefined {
    return this.typeNumbers.get(keyOf(type, version));
  }

  addType(type: EventType): number {
    this.typeNumbers.set(keyOf(type.type, type.version), this.types.length);
    return this.types.push(type) - 1;
  }

  addStream(name: string): number {
    return this.named(name, this.names.add(name));
  }

  /** As `addStream`, of names end to end; `ends` is where each ends. */
  addStreams(bytes: Uint8Array, ends: Uint32Array): void {
    let start = 0;
    for (const end of ends) {
      const number = this.names.addBytes(bytes, start, end);
      // `$`: seldom anything but a stream of metadata.
      if (bytes[start] === 36) this.named(this.names.nameOf(number), number);
      start = end;
    }
  }

  /** A stream of metadata is named after the stream that it is about. */
  private named(name: string, number: number): number {
    const target = metadataTarget(name);
    if (target !== undefined) this.mark(this.names.find(target), HAS_METADATA);
    return number;
  }

  private mark(stream: number, flag: number): void {
    this.flags.set(stream, this.flags.at(stream) | flag);
  }

  hasMetadata(stream: number): boolean {
    return (this.flags.at(stream) & HAS_METADATA) !== 0;
  }

  isTombstoned(stream: number): boolean {
    return (this.flags.at(stream) & IS_TOMBSTONED) !== 0;
  }

  tombstone(stream: number): void {
    this.mark(stream, IS_TOMBSTONED);
  }
}

const keyOf = (type: string, version: number) => `${version}/${type}`;
