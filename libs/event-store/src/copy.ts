import { type Instant, instantAt, type Platform } from '#lumbung/kernel';
import { TOMBSTONE } from './append.js';
import { type EventStore, type NewEvent, RawPayload, type Stored } from './port.js';
import { DELETED, METADATA, metadataTarget, type StreamMetadata } from './retention.js';

const RUN_EVENTS = 500;
// With its metadata still below what EventStoreDB takes in one append: 1 MB.
const RUN_BYTES = 512 << 10;
const RUNS_IN_FLIGHT = 256;
const BYTES_IN_FLIGHT = 8 << 20;

/** Of these streams the beginning was let go, so that their numbers would change in a copy. */
export class RevisionsLost extends Error {
  override readonly name = 'RevisionsLost';
  constructor(readonly streams: readonly string[]) {
    super(`the beginning of ${streams.length} streams is gone: ${streams.slice(0, 5).join(', ')}`);
  }
}

/** What the target holds is not the beginning of what would be copied. */
export class NotACopy extends Error {
  override readonly name = 'NotACopy';
  constructor(
    readonly stream: string,
    readonly position: bigint,
  ) {
    super(`at ${position} the target has an event of ${stream} that the source has not there`);
  }
}

/** How many events the target had, and got; `after` is the source's position of the last it had. */
export type Copied = { found: number; copied: number; after: bigint | undefined };

/** A clock that stands where the copy is, for a target that dates its own events by it. */
export type CopyClock = Platform['clock'] & { set(created: number): void };

export const copyClock = (): CopyClock => {
  let now: Instant = instantAt(0);
  return {
    now: () => now,
    elapsed_ms: () => 0,
    set: (created) => {
      now = instantAt(Math.floor(created));
    },
  };
};

// What the adapter of EventStoreDB knows a server's log by: each has its own.
const IDENTITY_STREAM = 'store-identity';

/** The metadata of streams are copied; what else a server keeps for itself is its own. */
const isCopied = ({ stream }: Stored): boolean =>
  stream.startsWith('$')
    ? !(metadataTarget(stream) ?? '$').startsWith('$')
    : stream !== IDENTITY_STREAM;

/**
 * Counts what is to be copied, and names the streams of which only the end is: nobody can read
 * the rest of them. Throws `RevisionsLost`.
 */
const surveyed = async (from: Pick<EventStore, 'readAll'>) => {
  const next = new Map<string, number>();
  const cut = new Set<string>();
  const ended = new Set<string>();
  let events = 0;
  for await (const batch of from.readAll({ system: true })) {
    for (const event of batch) {
      if (!isCopied(event)) continue;
      const { stream, revision, type } = event;
      events += 1;
      if (type === TOMBSTONE && cut.delete(stream)) ended.add(stream);
      // Of metadata only the last counts, and nobody goes by their numbers.
      if (type.startsWith('$')) continue;
      if (revision !== (next.get(stream) ?? 0)) cut.add(stream);
      next.set(stream, revision + 1);
    }
  }
  if (cut.size > 0) throw new RevisionsLost([...cut]);
  return { events, ended };
};

/**
 * Follows which streams were deleted, and which began again after it: then a store adds the
 * stream's next metadata itself, so that they are not copied.
 */
class Deletions {
  private readonly streams = new Map<string, 'deleted' | 'begun'>();

  has(stream: string): boolean {
    return this.streams.has(stream);
  }

  /** Whether the event is what a store adds itself. */
  isRevival({ stream, type, data }: Stored): boolean {
    if (type !== METADATA || this.streams.size === 0) return false;
    return this.streams.get(metadataTarget(stream) ?? '') === 'begun' && !isDeletion(data);
  }

  follow({ stream, type, data }: Stored): void {
    if (type === METADATA) {
      const target = metadataTarget(stream) ?? '';
      if (isDeletion(data)) this.streams.set(target, 'deleted');
      else this.streams.delete(target);
    } else if (this.streams.has(stream)) this.streams.set(stream, 'begun');
  }
}

const isDeletion = (data: unknown): boolean => ((data as StreamMetadata)?.$tb ?? 0) >= DELETED;

/** Event by event what the target has already. */
async function* present(to: EventStore): AsyncGenerator<Stored, undefined> {
  const deletions = new Deletions();
  for await (const batch of to.readAll({ system: true })) {
    for (const event of batch) {
      if (isCopied(event) && !deletions.isRevival(event)) yield event;
      deletions.follow(event);
    }
  }
}

// Ids of what a server wrote itself are its own.
const isCopyOf = (copy: Stored, event: Stored): boolean =>
  copy.stream === event.stream &&
  copy.type === event.type &&
  (event.type.startsWith('$') || (copy.id === event.id && copy.revision === event.revision));

const bytesOf = ({ data }: NewEvent): number =>
  data instanceof RawPayload ? data.bytes.length : JSON.stringify(data).length;

const copyOf = (event: Stored): NewEvent => {
  const { id, type, version, created, rawData, rawMetadata } = event;
  const data = rawData ?? event.data;
  const metadata = (rawMetadata ?? event.metadata) as NewEvent['metadata'];
  return { id, type, version, data, metadata, created };
};

/**
 * Appends that were begun and not answered yet. One store answers in the order of the calls, so
 * that what is cut off is the end; behind a connection nothing is begun before the last one is.
 */
class InFlight {
  private readonly waiting: { done: Promise<unknown>; bytes: number }[] = [];
  private bytes = 0;

  constructor(private readonly most: number) {}

  async add(bytes: number, done: Promise<unknown>): Promise<void> {
    // Told when its turn comes.
    done.catch(() => undefined);
    this.waiting.push({ done, bytes });
    this.bytes += bytes;
    while (this.waiting.length >= this.most || this.bytes > BYTES_IN_FLIGHT) await this.first();
  }

  async landed(): Promise<void> {
    while (this.waiting.length > 0) await this.first();
  }

  private async first(): Promise<void> {
    const first = this.waiting.shift();
    this.bytes -= first?.bytes ?? 0;
    await first?.done;
  }
}

type Run = { stream: string; expected: number | 'none'; events: NewEvent[]; bytes: number };

/** Writes events in the order in which they come, each run of one stream together. */
class Target {
  private readonly flying: InFlight;
  private run: Run | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly clock: CopyClock,
    private readonly deletions: Deletions,
  ) {
    this.flying = new InFlight(store.exclusive ? RUNS_IN_FLIGHT : 1);
  }

  async add(event: Stored): Promise<void> {
    const { store } = this;
    const { stream, type, created } = event;
    if (type === TOMBSTONE) return this.alone(created, () => store.tombstone(stream, 'any'));
    if (type === METADATA) return this.addMetadata(event);
    const added = copyOf(event);
    const bytes = bytesOf(added);
    if (!this.isRoomFor(stream, bytes)) await this.send();
    this.run ??= {
      ...{ stream, events: [], bytes: 0 },
      expected: event.revision === 0 ? 'none' : event.revision - 1,
    };
    this.run.events.push(added);
    this.run.bytes += bytes;
  }

  private isRoomFor(stream: string, bytes: number): boolean {
    const { run } = this;
    if (run?.stream !== stream) return false;
    return run.events.length < RUN_EVENTS && run.bytes + bytes <= RUN_BYTES;
  }

  private async addMetadata(event: Stored): Promise<void> {
    const { store } = this;
    const { stream, created } = event;
    // A server marks a deletion in its own way.
    if (!store.exclusive && isDeletion(event.data)) {
      const target = metadataTarget(stream) ?? '';
      return this.alone(created, () => store.delete(target, 'any'));
    }
    await this.send();
    await this.flying.add(0, store.append(stream, [copyOf(event)], 'any'));
  }

  private async send(at?: number): Promise<void> {
    const { run, store } = this;
    if (!run) return;
    this.run = undefined;
    const { stream, events, expected, bytes } = run;
    const append = () => store.append(stream, events, expected);
    if (!this.deletions.has(stream)) return this.flying.add(bytes, append());
    await this.alone(at ?? events.at(-1)?.created ?? 0, append);
  }

  /** The target dates an event of its own: all before it must be there. */
  private async alone(created: number, act: () => Promise<unknown>): Promise<void> {
    await this.finish();
    this.clock.set(created);
    await act();
  }

  /** All is there; what the target adds to it is dated `at`. */
  async finish(at?: number): Promise<void> {
    await this.send(at);
    await this.flying.landed();
  }
}

/**
 * Copies a log into another, in its order, with its ids, revisions, times, metadata and
 * deletions; of these a server keeps no times. The target is empty, or has the beginning from a
 * copy that was cut off, and which goes on where it ended. Throws `RevisionsLost` or `NotACopy`
 * before anything is written. `clock` is the target's, when it is an embedded one.
 */
export const copyLog = async (
  from: Pick<EventStore, 'readAll'>,
  to: EventStore,
  onProgress: (done: number, of: number) => void = () => undefined,
  clock: CopyClock = copyClock(),
): Promise<Copied> => {
  const { events: of, ended } = await surveyed(from);
  const there = present(to);
  let held = (await there.next()).value;
  const deletions = new Deletions();
  const target = new Target(to, clock, deletions);
  let [done, found, copied] = [0, 0, 0];
  let after: bigint | undefined;

  const copy = async (event: Stored): Promise<void> => {
    if (ended.has(event.stream) && event.type !== TOMBSTONE) return;
    if (deletions.isRevival(event)) await target.finish(event.created);
    else if (held) {
      if (!isCopyOf(held, event)) throw new NotACopy(held.stream, held.position);
      held = (await there.next()).value;
      found += 1;
      after = event.position;
    } else {
      await target.add(event);
      copied += 1;
    }
    deletions.follow(event);
  };

  for await (const batch of from.readAll({ system: true })) {
    for (const event of batch) {
      if (!isCopied(event)) continue;
      await copy(event);
      done += 1;
    }
    onProgress(done, of);
  }
  if (held) throw new NotACopy(held.stream, held.position);
  await target.finish();
  return { found, copied, after };
};
