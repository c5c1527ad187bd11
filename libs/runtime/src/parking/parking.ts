import {
  type ParkedKey,
  type ParkedQueue,
  platformRejections,
  type Resumed,
} from '#lumbung/contracts';
import { type EventStore, StoreUnavailable } from '#lumbung/event-store';
import {
  type Caller,
  type CommandId,
  Conflict,
  type Platform,
  type Recorded,
  Rejection,
  refuse,
  Unavailable,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import type { Commands } from '../commands/commands.js';
import { mayPass, patiently } from '../patience.js';
import {
  DropParked,
  FailAgain,
  HoldEvent,
  type Kept,
  ParkEvent,
  parkingStream,
  TakeParked,
  type Waiting,
} from './parking.stream.js';

const MOST_SHOWN = 100;
const MOST_AT_ONCE = 200;

/** What a retry may mend: neither the weather nor the end of the store. */
const isForGood = (error: unknown): boolean =>
  !mayPass(error) && !(error instanceof StoreUnavailable);

/** Where an error of ours was thrown; what it says may quote what is nobody's business. */
const whereOf = ({ stack = '' }: Error): string =>
  / \(?(?:.*\/)?([^/\s]+:\d+):\d+\)?$/m.exec(stack)?.[1] ?? '';

const causeOf = (error: unknown) => {
  if (error instanceof Rejection) return { code: error.code, reason: error.sentence };
  const thrown = error instanceof Error ? error : new Error('thrown');
  return { code: 'UNEXPECTED', reason: `${thrown.name} ${whereOf(thrown)}`.trim() };
};

/** What an item is told apart by, and shown as, while it waits. */
type Named = Pick<Kept, 'id' | 'type' | 'version'>;

export type ParkingOptions<Item> = {
  store: EventStore;
  commands: Commands;
  platform: Platform;
  /** Whose events: the name of a workflow, or of a consumer of a feed. */
  reader: string;
  /** The event that an item is; items are plain JSON. */
  eventOf: (item: Item) => Named;
  /** Takes one; it may be asked again for one that it has taken. */
  take: (item: Item) => Promise<void>;
  /** What fails while its reader ends has not failed. */
  stopped: AbortSignal;
};

/**
 * Lets a reader go on when an event cannot be taken: its key waits, and what comes of that key
 * waits behind it, strictly in order; other keys go on. What waits is in the log, whole.
 */
export class Parking<Item> {
  private state = parkingStream.initial() as { waiting: Waiting };
  private next = 0;
  /** Of one key, one thing at a time. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly options: ParkingOptions<Item>) {}

  get reader(): string {
    return this.options.reader;
  }

  /** How many keys wait. */
  get count(): number {
    return Object.keys(this.state.waiting.keys).length;
  }

  /** Reads what waits; others may have written since. */
  async load(): Promise<void> {
    const { store, reader } = this.options;
    for await (const events of store.readStream(parkingStream.id(reader), { from: this.next })) {
      for (const event of events) {
        if (event.revision !== this.next) continue;
        if (!parkingStream.evolve(this.state, event)) throw new NewerThanCode(event);
        this.next += 1;
      }
    }
  }

  /**
   * Resolves when an event is taken or waits. Rejects only for what may pass: the event was not
   * taken then, and is to be handed in again.
   */
  take(
    key: string,
    item: Item,
    attempt: () => Promise<void> = () => this.options.take(item),
  ): Promise<void> {
    return this.inTurn(key, async () => {
      if (await this.isHeld(key, item)) return;
      try {
        await attempt();
      } catch (error) {
        if (this.options.stopped.aborted || !isForGood(error)) throw error;
        await this.record(ParkEvent.type, { key, event: this.kept(item), ...causeOf(error) });
      }
    });
  }

  /** Puts an item behind what waits of its key, if anything still does. */
  private async isHeld(key: string, item: Item): Promise<boolean> {
    if (!this.waitingOf(key)) return false;
    await this.load();
    if (!this.waitingOf(key)) return false;
    await this.record(HoldEvent.type, { key, event: this.kept(item) });
    return true;
  }

  async list(): Promise<ParkedKey[]> {
    await this.load();
    return this.waiting();
  }

  /** As far as it knows; others may have written since. */
  waiting(): ParkedKey[] {
    return Object.keys(this.state.waiting.keys).map((key) => this.shown(key));
  }

  /** Rejects NOT_PARKED. */
  async show(key: string): Promise<ParkedQueue> {
    await this.load();
    const { events } = this.mustWait(key);
    return { ...this.shown(key), events: events.slice(0, MOST_SHOWN).map((one) => ({ ...one })) };
  }

  /** Rejects NOT_PARKED. */
  retry(key: string, caller: Caller): Promise<Resumed> {
    return this.inTurn(key, () => this.resume(key, caller));
  }

  /** Rejects NOT_PARKED. */
  drop(key: string, reason: string, caller: Caller): Promise<Resumed> {
    return this.inTurn(key, async () => {
      await this.load();
      const [first] = this.mustWait(key).events;
      await this.record(DropParked.type, { key, id: first?.id, reason }, caller);
      return this.waitingOf(key) ? this.resume(key, caller) : { taken: 0, left: null };
    });
  }

  private async resume(key: string, caller: Caller): Promise<Resumed> {
    await this.load();
    this.mustWait(key);
    let taken = 0;
    for (let waiting = this.waitingOf(key); waiting; waiting = this.waitingOf(key)) {
      const [first] = waiting.events as [Kept];
      try {
        await this.options.take(JSON.parse(first.json) as Item);
      } catch (error) {
        if (!isForGood(error)) throw error;
        await this.record(FailAgain.type, { key, id: first.id, ...causeOf(error) }, caller);
        return { taken, left: this.shown(key) };
      }
      await this.record(TakeParked.type, { key, id: first.id }, caller);
      if (this.waitingOf(key)?.events[0]?.id === first.id) throw new Conflict('it did not leave');
      taken += 1;
      if (taken === MOST_AT_ONCE) break;
    }
    return { taken, left: this.waitingOf(key) ? this.shown(key) : null };
  }

  private kept(item: Item): Kept {
    const { id, type, version } = this.options.eventOf(item);
    return { id, type, version, json: JSON.stringify(item) };
  }

  private waitingOf(key: string) {
    return this.state.waiting.keys[key];
  }

  private mustWait(key: string) {
    const waiting = this.waitingOf(key);
    if (!waiting) throw refuse(platformRejections, 'NOT_PARKED');
    return waiting;
  }

  private shown(key: string): ParkedKey {
    const { code, reason, attempts, events } = this.mustWait(key);
    return { reader: this.reader, key, code, reason, attempts, waiting: events.length };
  }

  /** Nobody knows whether a failed append took hold; the same act again has the same id. */
  private async record(type: string, data: object, by?: Caller): Promise<void> {
    const { commands, platform, reader } = this.options;
    const id = uuidOf('parking', reader, type, this.next, JSON.stringify(data)) as CommandId;
    const caller = by ?? {
      user: `system:${reader}` as UserName,
      role: 'system',
      correlationId: id,
    };
    const command = { type, data, id, issuedAt: platform.clock.now() };
    // What could not be taken must not be lost because it could not be recorded at once.
    const recording = () => commands.execute(parkingStream, [reader], command, caller);
    await patiently(recording, platform, this.options.stopped);
    await this.load();
  }

  private inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.turns.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    const done = turn
      .catch(() => undefined)
      .finally(() => {
        if (this.turns.get(key) === done) this.turns.delete(key);
      });
    this.turns.set(key, done);
    return turn;
  }
}

/** What waits was written by newer code: a reader stands still before it. */
export class NewerThanCode extends Unavailable {
  constructor(readonly event: Recorded) {
    super('STREAM_NEWER_THAN_CODE', platformRejections.STREAM_NEWER_THAN_CODE);
  }
}
