import { plan, type StreamSoFar } from '../append.js';
import { type Appended, RawPayload, StoreUnavailable, type Write } from '../port.js';
import { firstCounted, metadataTarget, type StreamMetadata } from '../retention.js';
import type { Encoder } from './encoder.js';
import type { Place, Reader } from './reader.js';
import type { Definitions } from './segment/definitions.js';
import { FRAME_HEADER, frameLengthAt, idAt, offsetAt } from './segment/format.js';
import type { Segment } from './segment/segment.js';
import type { Segments } from './segment/segments.js';

/** When an append is acknowledged: on the disk; written, and on the disk soon; or written. */
export type Durability = 'commit' | 'interval' | 'none';

const MOST_TYPES = 1 << 16;

type Waiting = {
  answer: Appended[] | Error;
  resolve(answers: Appended[]): void;
  reject(error: Error): void;
};

/** What is written together and answered together. */
type Group = {
  waiting: Waiting[];
  segment: Segment | undefined;
  last: number;
  metadata: Map<number, StreamMetadata>;
};

const emptyGroup = (): Group => ({
  ...{ waiting: [], segment: undefined, last: -1, metadata: new Map() },
});

type Parts = {
  segments: Segments;
  definitions: Definitions;
  encoder: Encoder;
  reader: Reader;
  newId: () => string;
  now_ms: () => number;
  durability: Durability;
  grown: () => void;
};

/**
 * The one writer: gives each event its revision and position at once, in memory. While one group
 * is on its way to the disk the next one fills.
 */
export class Writer {
  private group = emptyGroup();
  private segment: Segment | undefined;
  private now = 0;
  /** By stream, what is not on the disk yet. */
  private readonly metadata = new Map<number, StreamMetadata>();
  private created: number;
  /** Finds a record among those on their way to the disk. */
  private flying: ((segment: Segment, offset: number) => Place | undefined) | undefined;
  /** How many were answered with each of the last two groups. */
  private recent: [number, number] = [1, 1];
  private running: Promise<void> | undefined;
  /** False once memory may be ahead of the disk. */
  isClean = true;
  private isRunning = false;
  private isScheduled = false;
  private refusal: StoreUnavailable | undefined;

  constructor(private readonly parts: Parts) {
    this.created = parts.segments.last?.lastCreated ?? 0;
  }

  write(writes: readonly Write[]): Promise<Appended[]> {
    return new Promise((resolve, reject) => {
      if (this.refusal) throw this.refusal;
      ensureTypes(this.parts.definitions, writes);
      const planned = plan(writes, (stream) => this.soFar(stream));
      let answer: Appended[] | Error;
      if (planned instanceof Error) answer = planned;
      else if ('answers' in planned) answer = planned.answers;
      else answer = this.added(planned.write).slice(0, writes.length);
      // Also a refusal waits for what it saw of others.
      this.group.waiting.push({ answer, resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when all that was accepted is answered; refuses more from now on. */
  async finish(): Promise<void> {
    this.refusal ??= new StoreUnavailable('the event store is closed');
    while (this.isRunning || this.group.waiting.length > 0) {
      if (!this.isRunning) this.run();
      await this.running;
    }
  }

  private soFar(stream: string): StreamSoFar {
    const { definitions, reader } = this.parts;
    const number = definitions.names.find(stream);
    if (number < 0) return { last: -1, isTombstoned: false, first: 0, at: () => undefined };
    return {
      last: definitions.next.at(number) - 1,
      isTombstoned: definitions.isTombstoned(number),
      first: firstCounted(this.metadata.get(number) ?? reader.metadataOf(number)),
      at: (revision) => this.earlier(number, revision),
    };
  }

  private earlier(stream: number, revision: number) {
    const { reader, encoder } = this.parts;
    const place = reader.placeOf(stream, revision);
    if (!place) return;
    const { segment, offset } = place;
    const pending = segment === this.segment ? encoder.pending(offset) : undefined;
    const { bytes, at } =
      pending ?? this.flying?.(segment, offset) ?? reader.recordAt(segment, offset);
    return { id: idAt(bytes, at), position: BigInt(segment.base + offsetAt(bytes, at)) };
  }

  /** What fails halfway leaves memory and log apart, so that nothing more may be written. */
  private added(writes: readonly Write[]): Appended[] {
    try {
      return this.add(writes);
    } catch (cause) {
      this.refuse(cause);
      throw this.refusal;
    }
  }

  private add(writes: readonly Write[]): Appended[] {
    const { encoder, segments, newId } = this.parts;
    if (encoder.isEmpty) {
      this.segment = segments.next(newId);
      const isDurable = this.parts.durability === 'commit';
      encoder.begin(this.segment.end, isDurable ? this.segment.end : 0);
      this.group.segment = this.segment;
      this.now = this.parts.now_ms();
    }
    encoder.beginAppend();
    return writes.map((write) => this.addOne(this.segment as Segment, write));
  }

  private addOne(segment: Segment, { stream, events }: Write): Appended {
    const { encoder, definitions, segments } = this.parts;
    const number = this.numberOf(stream);
    let revision = definitions.next.at(number) - 1;
    let offset = 0;
    for (const event of events) {
      revision += 1;
      this.created = Math.max(this.created, event.created ?? this.now);
      const { created } = this;
      offset = encoder.add(number, revision, event, created);
      const { type } = event;
      segments.place(segment, { stream: number, revision, type, offset, logical: offset, created });
    }
    if (events.length > 0) this.group.last = segment.base + offset;
    this.learn(stream, events.at(-1)?.data);
    return { revision, position: BigInt(segment.base + offset) };
  }

  private numberOf(stream: string): number {
    const { definitions, encoder } = this.parts;
    const known = definitions.names.find(stream);
    if (known >= 0) return known;
    const target = metadataTarget(stream);
    if (target !== undefined) this.numberOf(target);
    return encoder.addStream(stream);
  }

  private learn(stream: string, data: unknown): void {
    const target = metadataTarget(stream);
    if (target === undefined || data === undefined) return;
    const metadata = data instanceof RawPayload ? data.value() : structuredClone(data);
    const number = this.parts.definitions.names.find(target);
    this.metadata.set(number, metadata as StreamMetadata);
    this.group.metadata.set(number, metadata as StreamMetadata);
  }

  /**
   * Flushes at once when half of who wrote in the last two groups have come again: two groups of
   * the same size then take turns, one being encoded while the other is on its way to the disk.
   * Else it waits for whoever else appends in this turn of the loop.
   */
  private schedule(): void {
    const { waiting } = this.group;
    if (this.isRunning || waiting.length === 0) return;
    if (2 * waiting.length >= this.recent[0] + this.recent[1]) this.run();
    else if (!this.isScheduled) {
      this.isScheduled = true;
      setImmediate(() => {
        this.isScheduled = false;
        if (!this.isRunning && this.group.waiting.length > 0) this.run();
      });
    }
  }

  private run(): void {
    this.isRunning = true;
    this.running = this.flushGroup();
  }

  private async flushGroup(): Promise<void> {
    const { group } = this;
    this.group = emptyGroup();
    this.recent = [this.recent[1], group.waiting.length];
    try {
      await (group.segment && this.flush(group, group.segment));
      settle(group);
    } catch (cause) {
      this.fail(group, cause);
    }
    this.isRunning = false;
    this.schedule();
  }

  private async flush(group: Group, segment: Segment): Promise<void> {
    const { encoder, segments, reader, grown } = this.parts;
    const start = segment.end;
    const bytes = encoder.finish();
    segment.end += bytes.length;
    this.flying = (its, offset) =>
      its === segment && offset >= start ? { bytes, at: offset - start } : undefined;
    if (!segment.file) segments.create(segment);
    await segment.file?.append(bytes, start);
    segment.durable = segment.end;
    markFrames(segment, bytes, start);
    reader.tail.push(segment, start, bytes);
    reader.last = group.last;
    for (const [stream, metadata] of group.metadata) {
      reader.learnMetadata(stream, metadata);
      if (this.metadata.get(stream) === metadata) this.metadata.delete(stream);
    }
    this.flying = undefined;
    grown();
  }

  /** What reached the disk is not known, and memory is ahead of it: nothing more is accepted. */
  refuse(cause: unknown): void {
    this.fail(emptyGroup(), cause);
  }

  private fail(group: Group, cause: unknown): void {
    this.isClean = false;
    const reason = cause instanceof Error ? cause.message : cause;
    this.refusal = new StoreUnavailable(`the event log could not be written: ${reason}`, { cause });
    const all = [...group.waiting, ...this.group.waiting];
    this.group = emptyGroup();
    for (const { reject } of all) reject(this.refusal);
  }
}

/** A record has two bytes for the number of its type. */
const ensureTypes = ({ types }: Definitions, writes: readonly Write[]): void => {
  const room = MOST_TYPES - types.length;
  if (room > 1_000) return;
  const named = writes.flatMap(({ events }) =>
    events.map(({ type, version }) => `${version}/${type}`),
  );
  if (new Set(named).size > room)
    throw new TypeError(`a log has at most ${MOST_TYPES} event types`);
};

const settle = ({ waiting }: Group): void => {
  for (const { answer, resolve, reject } of waiting) {
    if (answer instanceof Error) reject(answer);
    else resolve(answer);
  }
};

const markFrames = (segment: Segment, bytes: Buffer, start: number): void => {
  for (let at = 0; at < bytes.length; at += frameLengthAt(bytes, at) ?? bytes.length) {
    segment.mark(start + at, offsetAt(bytes, at + FRAME_HEADER));
  }
};
