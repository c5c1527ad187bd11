import type { Metadata, Platform } from '#lumbung/kernel';
import { plan, positionAfter, type StreamSoFar, TOMBSTONE } from '../append.js';
import { type EmbeddedOptions, type Engine, embeddedStore, newId } from '../embedded.js';
import {
  type Appended,
  type EventStore,
  type NewEvent,
  RawPayload,
  type Stored,
  type Write,
} from '../port.js';
import type { Search } from '../reading.js';
import { DELETED, firstCounted, firstVisible, metadataStream } from '../retention.js';

export type MemoryEventStoreOptions = EmbeddedOptions & Pick<Platform, 'clock'>;

// As text, so that nobody's later change to an object reaches the log, or the reverse.
type Entry = Pick<Stored, 'id' | 'stream' | 'revision' | 'position' | 'created' | 'type'> & {
  version: number;
  data: string | RawPayload;
  metadata: string | RawPayload;
};

const kept = (payload: unknown): string | RawPayload =>
  payload instanceof RawPayload ? payload : JSON.stringify(payload);

const payloadOf = (payload: string | RawPayload): unknown =>
  typeof payload === 'string' ? JSON.parse(payload) : payload.value();

const stored = (entry: Entry): Stored => {
  const { data, metadata } = entry;
  return {
    ...entry,
    data: payloadOf(data),
    metadata: payloadOf(metadata) as Metadata,
    ...(data instanceof RawPayload && { rawData: data }),
    ...(metadata instanceof RawPayload && { rawMetadata: metadata }),
  };
};

/** The number of entries at the start of which `isBefore` is true. */
const countWhile = (entries: readonly Entry[], isBefore: (entry: Entry) => boolean): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(entries[middle] as Entry)) low = middle + 1;
    else high = middle;
  }
  return low;
};

class Memory implements Engine {
  readonly id: string;
  private readonly entries: Entry[] = [];
  private readonly streams = new Map<string, Entry[]>();

  constructor(
    private readonly options: MemoryEventStoreOptions,
    private readonly grown: () => void,
  ) {
    this.id = newId(options.random);
  }

  head(): bigint | undefined {
    return this.entries.at(-1)?.position;
  }

  private now_ms(): number {
    return Math.max(Date.parse(this.options.clock.now()), this.entries.at(-1)?.created ?? 0);
  }

  private metadataOf(stream: string) {
    const last = this.streams.get(metadataStream(stream))?.at(-1);
    return last ? (payloadOf(last.data) as object) : {};
  }

  private soFar(stream: string): StreamSoFar {
    const entries = this.streams.get(stream) ?? [];
    return {
      last: entries.length - 1,
      isTombstoned: entries.at(-1)?.type === TOMBSTONE,
      first: firstCounted(this.metadataOf(stream)),
      at: (revision) => entries[revision],
    };
  }

  standing(stream: string) {
    const { last, first, isTombstoned } = this.soFar(stream);
    if (isTombstoned) return 'tombstoned';
    return last < 0 || first === DELETED ? 'none' : 'there';
  }

  async write(writes: readonly Write[]): Promise<Appended[]> {
    const planned = plan(writes, (stream) => this.soFar(stream));
    if (planned instanceof Error) throw planned;
    if ('answers' in planned) return planned.answers;
    const answers = planned.write.map((write) => this.add(write));
    this.grown();
    return answers.slice(0, writes.length);
  }

  private add({ stream, events }: Write): Appended {
    const entries = this.streams.get(stream) ?? [];
    this.streams.set(stream, entries);
    for (const event of events) {
      const entry = this.entryOf(stream, entries.length, event);
      entries.push(entry);
      this.entries.push(entry);
    }
    return { revision: entries.length - 1, position: entries.at(-1)?.position ?? 0n };
  }

  private entryOf(stream: string, revision: number, event: NewEvent): Entry {
    return {
      ...{ id: event.id, stream, revision, type: event.type, version: event.version },
      position: positionAfter(this.head() ?? 0n, stream, event),
      created: event.created ?? this.now_ms(),
      data: kept(event.data),
      metadata: kept(event.metadata),
    };
  }

  streamPage(
    stream: string,
    direction: Search['direction'],
    from: number | undefined,
    limit: number,
  ): Stored[] {
    const entries = this.streams.get(stream) ?? [];
    const last = entries.length - 1;
    const storedAt = (revision: number) => entries[revision]?.created ?? 0;
    const range = { oldest: 0, last };
    const first = firstVisible(this.metadataOf(stream), range, this.now_ms(), storedAt);
    if (direction === 'forwards') {
      const start = Math.max(first, from ?? 0);
      return entries.slice(start, start + limit).map(stored);
    }
    const end = Math.min(from ?? last, last) + 1;
    return entries
      .slice(Math.max(first, end - limit, 0), Math.max(end, 0))
      .reverse()
      .map(stored);
  }

  page({ direction, from, limit, passes }: Search) {
    const { entries } = this;
    const isForwards = direction === 'forwards';
    const step = isForwards ? 1 : -1;
    let index = isForwards ? 0 : entries.length - 1;
    if (from !== undefined && isForwards) index = countWhile(entries, (e) => e.position < from);
    if (from !== undefined && !isForwards) {
      index = countWhile(entries, (e) => e.position <= from) - 1;
    }
    const events: Stored[] = [];
    let last: bigint | undefined;
    for (; events.length < limit && entries[index]; index += step) {
      const entry = entries[index] as Entry;
      last = entry.position;
      if (passes(entry.stream, entry.type)) events.push(stored(entry));
    }
    return { events, last, ended: entries[index] === undefined };
  }

  async release(): Promise<void> {
    // Holds nothing but memory.
  }
}

/** An event store that lives as long as its process; for tests and simulations. */
export const memoryEventStore = (options: MemoryEventStoreOptions): EventStore =>
  embeddedStore(options, (grown) => new Memory(options, grown));
