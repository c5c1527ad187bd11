import { type EventStore, StoreUnavailable } from '#lumbung/event-store';
import {
  type Caller,
  type CommandId,
  type FeedEntry,
  type Platform,
  type Recorded,
  type RegencyCode,
  Unavailable,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import type { FeedLine, LineGeneration } from '#lumbung/transport';
import type { Commands } from '../commands/commands.js';
import { entryOf, feedAfter } from './feed.js';
import { feedStream, Told } from './feed.stream.js';
import { BeginLine, type LineBegan, lineStream } from './line.stream.js';

/** On their way to the broker at once. */
const IN_FLIGHT = 256;

/** How long a line may have lost what it held before anybody looks. */
const LOOK_MS = 2_000;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export type PublisherOptions = {
  store: EventStore;
  commands: Commands;
  line: FeedLine;
  regency: RegencyCode;
  platform: Platform;
  onFailure: (error: unknown) => void;
};

/**
 * Puts the recorded feed on a line. Where to go on, the broker says; what it holds is compared
 * with the feed, and where it is another or was lost, a new generation begins at the first entry.
 * Several may run: the broker takes each entry once, and only after the one before it.
 */
export class Publisher {
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private pause_ms = FIRST_PAUSE_MS;
  private onLine: LineGeneration | undefined;
  /** The sequence up to which the broker holds the feed, as far as this knows. */
  published = 0;

  constructor(private readonly options: PublisherOptions) {}

  /** What carries the feed now; nothing while no broker does. */
  get line(): string | null {
    return this.onLine?.name ?? null;
  }

  start(): void {
    this.loop = this.run().catch((error) => {
      if (!this.stopped.signal.aborted) this.options.onFailure(error);
    });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        await this.publishFrom(await this.inStep());
      } catch (error) {
        const mayPass = error instanceof Unavailable || error instanceof StoreUnavailable;
        if (!mayPass) throw error;
        this.onLine = undefined;
        await this.options.platform.timers.sleep(this.pause_ms, signal);
        this.pause_ms = Math.min(2 * this.pause_ms, LONGEST_PAUSE_MS);
      }
    }
  }

  /** A generation that holds the beginning of the feed, and nothing else. */
  private async inStep(): Promise<LineGeneration> {
    const { line } = this.options;
    const latest = await line.latest();
    const begun = await this.begunBefore();
    if (latest && latest.generation >= begun && (await this.isOurs(latest))) return latest;
    const next = await this.begin(Math.max(begun, latest?.generation ?? 0) + 1);
    if (latest) await line.end(latest);
    return next;
  }

  private async isOurs(latest: LineGeneration): Promise<boolean> {
    const { store, regency, line } = this.options;
    if (latest.last === 0) return true;
    const [own] = await feedAfter(store, regency, { after: latest.last - 1, limit: 1 });
    const held = (await line.entry(latest, latest.last)) as FeedEntry | undefined;
    return own !== undefined && held?.hash === entryOf(own).hash;
  }

  private async begunBefore(): Promise<number> {
    const { store, regency } = this.options;
    const last = { direction: 'backwards', limit: 1 } as const;
    for await (const [began] of store.readStream(lineStream.id(regency), last)) {
      if (began) return (began.data as ReturnType<typeof LineBegan>['data']).generation;
    }
    return 0;
  }

  private async begin(generation: number): Promise<LineGeneration> {
    const { commands, platform, regency, line } = this.options;
    const id = uuidOf('line', regency, generation) as CommandId;
    const command = {
      ...{ type: BeginLine.type, data: { regency, generation } },
      ...{ id, issuedAt: platform.clock.now() },
    };
    const caller: Caller = {
      ...{ user: 'system:relay' as UserName, role: 'system', correlationId: id },
    };
    await commands.execute(lineStream, [regency], command, caller);
    return line.begin(generation);
  }

  private async publishFrom(to: LineGeneration): Promise<void> {
    const { store, regency } = this.options;
    this.onLine = to;
    this.published = to.last;
    const [last] =
      to.last > 0 ? await feedAfter(store, regency, { after: to.last - 1, limit: 1 }) : [];
    const turn = new AbortController();
    const signal = AbortSignal.any([this.stopped.signal, turn.signal]);
    const watching = this.watch(to, signal).finally(() => turn.abort());
    const told = { after: last?.position, filter: { types: [Told.type] }, signal };
    const own = feedStream.id(regency);
    try {
      for await (const { events } of store.subscribe(told)) {
        await this.publishAll(
          to,
          events.filter(({ stream }) => stream === own),
        );
      }
    } finally {
      turn.abort();
      await watching;
    }
  }

  /** Resolves when the line no longer holds what was put on it, or cannot say so. */
  private async watch(to: LineGeneration, signal: AbortSignal): Promise<void> {
    const { line, platform } = this.options;
    while (!signal.aborted) {
      await platform.timers.sleep(LOOK_MS, signal);
      const held = this.published;
      const latest = await line.latest().catch(() => undefined);
      if (latest?.generation !== to.generation || latest.last < held) return;
    }
  }

  private async publishAll(to: LineGeneration, events: readonly Recorded[]): Promise<void> {
    const { line } = this.options;
    for (let from = 0; from < events.length; from += IN_FLIGHT) {
      const entries = events.slice(from, from + IN_FLIGHT).map(entryOf);
      const sent = await Promise.allSettled(entries.map((entry) => line.publish(to, entry)));
      for (const [at, one] of sent.entries()) {
        if (one.status === 'rejected') throw one.reason;
        this.published = entries[at]?.sequence ?? this.published;
      }
      this.pause_ms = FIRST_PAUSE_MS;
    }
  }
}
