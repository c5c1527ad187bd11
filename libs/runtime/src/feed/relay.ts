import {
  categoryOf,
  type EventStore,
  type NewEvent,
  StoreUnavailable,
  WrongExpectedRevision,
} from '#lumbung/event-store';
import {
  type CommandId,
  FEED_START,
  type FeedPlace,
  type Platform,
  type PublicMapping,
  type Recorded,
  type RegencyCode,
  type StreamDeclaration,
  toldOf,
  uuidOf,
} from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import type { Observer } from '../observer.js';
import { isOfThisLog } from '../projections/place.js';
import { type Parked, publicEvents } from '../projections/source.js';
import { feedEndOf } from './feed.js';
import { feedStream, Tell, type Told } from './feed.stream.js';

// Some hundred kilobytes: what EventStoreDB takes at once is a megabyte.
const APPENDED = 200;

const PAUSE_MS = 250;
const CHECKPOINT = 'relay';

export type RelayOptions = {
  store: EventStore;
  /** Where it keeps how far it has read. */
  readStore: ReadStore;
  regency: RegencyCode;
  mappings: readonly PublicMapping[];
  /** The streams whose events are told. */
  streams: readonly StreamDeclaration[];
  platform: Platform;
  observer?: Observer | undefined;
  onFailure: (error: unknown) => void;
};

/**
 * Tells the public events of a log, numbered, in the stream `feed-{regency}`. Several may run: the
 * revision that each expects lets only one of them tell what comes next, and the other goes on
 * behind it. Losing its place costs reading the log again, and tells nothing twice.
 */
export class Relay {
  private readonly stream: string;
  private readonly publish: ReturnType<typeof publicEvents>;
  private readonly declared: ReadonlyMap<string, StreamDeclaration>;
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private end: FeedPlace = FEED_START;
  /** What was told last; the log is read past it before anything more is told. */
  private behind: string | undefined;
  /** The first event newer than this code: what comes after it would be told out of order. */
  parked: Parked | undefined;

  constructor(private readonly options: RelayOptions) {
    this.stream = feedStream.id(options.regency);
    this.publish = publicEvents(options.mappings);
    this.declared = new Map(options.streams.map((one) => [one.category, one]));
  }

  /** The sequence of the last entry that it knows of. */
  get told(): number {
    return this.end.sequence;
  }

  async start(): Promise<void> {
    const { store, readStore, onFailure } = this.options;
    const checkpoint = await readStore.checkpoint(CHECKPOINT);
    const isPlace = checkpoint !== undefined && (await isOfThisLog(store, checkpoint));
    const { place, source } = await feedEndOf(store, this.options.regency);
    this.end = place;
    this.behind = isPlace && checkpoint.eventId === source ? undefined : source;
    const after = isPlace ? BigInt(checkpoint.position) : undefined;
    this.loop = this.run(after).catch((error) => {
      if (!this.stopped.signal.aborted) onFailure(error);
    });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  /** Whoever told meanwhile told what follows the end that this knew, so it is still to be read. */
  private async look(): Promise<void> {
    const { place, source } = await feedEndOf(this.options.store, this.options.regency);
    if (place.sequence > this.end.sequence) this.behind = source;
    this.end = place;
  }

  private async run(after: bigint | undefined): Promise<void> {
    const { store } = this.options;
    const { signal } = this.stopped;
    const categories = [...this.declared.keys()];
    const options = { after, filter: { categories }, batchSize: APPENDED, signal };
    for await (const { events } of store.subscribe(options)) {
      await this.tellAll(events);
      if (this.parked) return;
    }
  }

  private async tellAll(events: readonly Recorded[]): Promise<void> {
    for (;;) {
      const told = this.toTell(events);
      const last = told.at(-1);
      if (!last) return;
      const ended = this.options.observer?.began(
        'relay',
        told.map(({ event }) => event),
      );
      const isTold = await this.append(told.flatMap(({ entries }) => entries));
      ended?.();
      if (isTold) return this.reached(last.event);
      if (this.stopped.signal.aborted) return;
      await this.untilSeen();
    }
  }

  private async untilSeen(): Promise<void> {
    const { timers } = this.options.platform;
    const before = this.end.sequence;
    for (;;) {
      try {
        await this.look();
        // Whoever told meanwhile is not seen yet, or nobody has.
        if (this.end.sequence === before) await timers.sleep(PAUSE_MS, this.stopped.signal);
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || this.stopped.signal.aborted) throw error;
        await timers.sleep(PAUSE_MS, this.stopped.signal);
      }
    }
  }

  /** The entries that follow from each event not told yet; nothing is told by looking. */
  private toTell(events: readonly Recorded[]): { event: Recorded; entries: NewEvent[] }[] {
    const told: { event: Recorded; entries: NewEvent[] }[] = [];
    const state = { feed: { place: this.end } };
    for (const event of events) {
      if (this.behind !== undefined) {
        if (event.id === this.behind) this.behind = undefined;
        continue;
      }
      if (!this.isKnown(event)) {
        this.parked = event;
        break;
      }
      const seen = this.publish(event);
      if (seen.length > 0) told.push({ event, entries: this.entriesOf(event, seen, state) });
    }
    return told;
  }

  /** What newer code wrote it may tell, so nothing may be told past it. */
  private isKnown({ stream, type, version }: Recorded): boolean {
    const declaration = this.declared.get(categoryOf(stream))?.declaration(type);
    return declaration !== undefined && version <= declaration.version;
  }

  private entriesOf(event: Recorded, seen: readonly Recorded[], state: object): NewEvent[] {
    const { regency } = this.options;
    const id = uuidOf('tell', event.id) as CommandId;
    const metadata = {
      ...event.metadata,
      ...{ commandId: id, commandHash: '', causationId: event.id },
      ...{ actor: 'system:relay', role: 'system' },
    };
    const command = { type: Tell.type, data: { regency, events: toldOf(event, seen) } };
    return feedStream.decide(state as never, command, metadata).map((told, index) => {
      const entry = { ...told, id: uuidOf(this.stream, id, index), metadata };
      feedStream.evolve(state as never, { ...entry, stream: this.stream } as unknown as Recorded);
      return entry;
    });
  }

  /** False when somebody else has told it meanwhile, or nobody knows whether this did. */
  private async append(entries: readonly NewEvent[]): Promise<boolean> {
    const { store } = this.options;
    const { sequence } = this.end;
    try {
      await store.append(this.stream, entries, sequence === 0 ? 'none' : sequence - 1);
    } catch (error) {
      if (error instanceof WrongExpectedRevision || error instanceof StoreUnavailable) return false;
      throw error;
    }
    const last = entries.at(-1)?.data as ReturnType<typeof Told>['data'];
    this.end = { sequence: last.sequence, hash: last.hash };
    return true;
  }

  private async reached({ position, id }: Recorded): Promise<void> {
    const { store, readStore } = this.options;
    const place = { storeId: store.id, position: String(position), eventId: id };
    await readStore.put([], { [CHECKPOINT]: place });
  }
}
