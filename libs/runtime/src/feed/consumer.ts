import { StoreUnavailable } from '#lumbung/event-store';
import {
  FEED_START,
  FeedEntry,
  type FeedPlace,
  follows,
  type Platform,
  type RegencyCode,
  Unavailable,
} from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import type { FeedLine, Heard } from '#lumbung/transport';
import type { Parking } from '../parking/parking.js';

const MISSING = 500;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export type ConsumerOptions = {
  /** Whose place it keeps. */
  name: string;
  /** What the broker knows this one by: of several, each hears all of it. */
  listener: string;
  regency: RegencyCode;
  line: FeedLine;
  /** What the regency itself says that comes after a sequence. */
  read: (after: number, limit: number) => Promise<FeedEntry[]>;
  readStore: ReadStore;
  parking: Parking<FeedEntry>;
  /** What waits for what: entries of one key are taken strictly in order. */
  keyOf: (entry: FeedEntry) => string;
  platform: Platform;
  /** Why nothing is taken now, by its code, when that changes; it goes on trying. */
  onTrouble?: ((code: string | undefined) => void) | undefined;
  onFailure: (error: unknown) => void;
};

/** The feed says something else than it said before; nobody can tell which was true. */
export class FeedBroken extends Unavailable {
  constructor(readonly place: FeedPlace) {
    super(
      'FEED_BROKEN',
      `Kabar dari kabupaten ini tidak bersambung sejak nomor ${place.sequence}.`,
    );
  }
}

/**
 * Takes the feed of a regency, in order and each entry once: what comes again is passed over, what
 * is missing is asked of the regency, and what does not follow from the chain is not believed. Its
 * place is kept after what it took; the line hears that an entry is done when the place is kept.
 */
export class FeedConsumer {
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private pause_ms = FIRST_PAUSE_MS;
  /** Entries that follow from its place, to be taken. */
  private readonly checked: FeedEntry[] = [];
  place: FeedPlace = FEED_START;
  private trouble: string | undefined;

  constructor(private readonly options: ConsumerOptions) {}

  /** What could not be taken. */
  get parking(): Parking<FeedEntry> {
    return this.options.parking;
  }

  async start(): Promise<void> {
    const { readStore, onFailure } = this.options;
    const kept = await readStore.checkpoint(this.placeName);
    if (kept) this.place = { sequence: Number(kept.position), hash: kept.eventId };
    this.loop = this.run().catch((error) => {
      if (!this.stopped.signal.aborted) onFailure(error);
    });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  private get placeName(): string {
    return `feed-${this.options.name}-${this.options.regency}`;
  }

  private async run(): Promise<void> {
    const { platform, line, listener } = this.options;
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        await this.parking.load();
        for await (const group of line.listen(listener, this.place.sequence, signal)) {
          await this.takeAll(group);
          this.tell(undefined);
          this.pause_ms = FIRST_PAUSE_MS;
        }
      } catch (error) {
        this.checked.length = 0;
        const mayPass = error instanceof Unavailable || error instanceof StoreUnavailable;
        if (!mayPass) throw error;
        this.tell(error instanceof Unavailable ? error.code : 'STORE_UNAVAILABLE');
      }
      await platform.timers.sleep(this.pause_ms, signal);
      this.pause_ms = Math.min(2 * this.pause_ms, LONGEST_PAUSE_MS);
    }
  }

  private tell(trouble: string | undefined): void {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.options.onTrouble?.(trouble);
  }

  private async takeAll(group: readonly Heard[]): Promise<void> {
    for (const { payload } of group) {
      if (this.stopped.signal.aborted) break;
      await this.checkUpTo(FeedEntry.safeParse(payload).data);
    }
    await this.takeChecked();
    for (const { payload, done } of group) {
      const { sequence = 0 } = FeedEntry.safeParse(payload).data ?? {};
      if (sequence <= this.place.sequence) done();
    }
  }

  /** What a line brings is believed where it follows; all else the regency is asked for. */
  private async checkUpTo(entry: FeedEntry | undefined): Promise<void> {
    if (entry && entry.sequence < this.end.sequence) return;
    if (entry?.sequence === this.end.sequence) return this.checkSame(entry);
    if (entry && this.isNext(entry)) {
      this.checked.push(entry);
      return;
    }
    const through = entry?.sequence ?? this.end.sequence + 1;
    while (this.end.sequence < through && !this.stopped.signal.aborted) {
      const missing = await this.options.read(this.end.sequence, MISSING);
      if (missing.length === 0) return;
      for (const one of missing) {
        if (!this.isNext(one)) throw new FeedBroken(this.end);
        this.checked.push(one);
      }
      await this.takeChecked();
    }
  }

  /** A regency that was restored to an earlier day may tell something else at the same number. */
  private async checkSame({ hash, sequence }: FeedEntry): Promise<void> {
    if (hash === this.end.hash) return;
    const [its] = await this.options.read(sequence - 1, 1);
    if (its && its.hash !== this.end.hash) throw new FeedBroken(this.end);
  }

  /** The end of what is known to be true, taken or not. */
  private get end(): FeedPlace {
    return this.checked.at(-1) ?? this.place;
  }

  private isNext(entry: FeedEntry): boolean {
    return entry.regency === this.options.regency && follows(entry, this.end);
  }

  /** Those of different keys at once; its place moves to before the first that was not taken. */
  private async takeChecked(): Promise<void> {
    const { parking, keyOf } = this.options;
    const entries = this.checked.splice(0);
    const taken = await Promise.allSettled(
      entries.map((entry) => parking.take(keyOf(entry), entry)),
    );
    const failed = taken.findIndex(({ status }) => status === 'rejected');
    const last = entries[failed < 0 ? entries.length - 1 : failed - 1];
    if (last) await this.keepPlace(last);
    const failure = taken[failed];
    if (failure?.status === 'rejected') throw failure.reason;
  }

  private async keepPlace({ sequence, hash }: FeedPlace): Promise<void> {
    const { readStore, regency } = this.options;
    this.place = { sequence, hash };
    const place = { storeId: `feed-${regency}`, position: String(sequence), eventId: hash };
    await readStore.put([], { [this.placeName]: place });
  }
}
