import type { EventStore } from '#lumbung/event-store';
import { type AnyProjection, atDeclaredVersion, type Clause, type Recorded } from '#lumbung/kernel';
import type { Checkpoint, Collection, Document, Put } from '#lumbung/read-store';
import { isOfThisLog } from './place.js';
import type { Parked, Seen, Source, Unwritten } from './source.js';

/** A document being folded; `loaded` is the position it had seen when it was read. */
type Work = {
  key: string;
  document: Document | undefined;
  loaded: bigint;
  seen: bigint;
  changed: boolean;
};
type Step = { event: Recorded; clause: Clause<Document>; keys: string[] };

// Events that change nothing here need no commit of their own; reading them again is cheap.
const UNSAVED_EVENTS = 10_000;

/** One build of one projection: its collection, and how far it has followed the log. */
export class Building {
  readonly collection: Collection;
  position: bigint | undefined;
  /** Events read since it was last written. */
  unsaved = 0;
  /** Documents written since it began here. */
  written = 0;
  /** The place after the last batch that it folded whole. */
  folded: Checkpoint | undefined;
  /** Documents folded and not written yet. */
  private readonly works = new Map<string, Work>();
  /** Tells whoever follows events that queries are answered from them. */
  private shown: () => void = nobody;
  /** Whether queries are answered from it. */
  serves = false;
  /** The first event newer than this code; from there on it only follows. */
  parked: Parked | undefined;

  constructor(
    readonly source: Source,
    readonly projection: AnyProjection,
    readonly build: number,
  ) {
    const { name, version, indexes } = projection;
    this.collection = { name: `${name}_v${version}_${build}`, indexes };
  }

  get name(): string {
    return this.projection.name;
  }

  /** The build that the read store points to, as far as it has read this log; else an empty one. */
  static async open(store: EventStore, source: Source, projection: AnyProjection) {
    const { readStore } = source;
    const number = await readStore.pointer(pointerOf(projection));
    const build = new Building(source, projection, Number(number ?? firstOf(source, projection)));
    const checkpoint = await readStore.checkpoint(build.collection.name);
    if (checkpoint && (await isOfThisLog(store, checkpoint))) {
      build.position = BigInt(checkpoint.position);
      build.serves = number !== undefined;
    } else if (source.termOf) {
      return number === undefined ? build : build.next();
    } else {
      // What was read of another log is void.
      await build.drop();
    }
    // A crash may have come between taking a place and clearing it.
    if (number !== undefined) await build.numbered(build.build - 1).drop();
    return build;
  }

  /** Goes on from its checkpoint, which it may have written elsewhere. */
  async resume(): Promise<void> {
    const checkpoint = await this.source.readStore.checkpoint(this.collection.name);
    this.position = checkpoint && BigInt(checkpoint.position);
  }

  numbered(build: number): Building {
    return new Building(this.source, this.projection, build);
  }

  /** One that nobody else comes upon, also not a leader of an earlier term. */
  next(): Building {
    return this.numbered(Math.max(this.build + 1, firstOf(this.source, this.projection)));
  }

  /** From now on queries are answered from it, also after a restart. */
  async serve(): Promise<void> {
    await this.source.readStore.setPointer(pointerOf(this.projection), String(this.build));
    this.serves = true;
  }

  drop(): Promise<void> {
    this.serves = false;
    return this.source.readStore.drop(this.collection);
  }

  /** Whether the log up to `position` has something that it may fold. */
  wants(position: bigint): boolean {
    return !this.parked && (this.position === undefined || this.position < position);
  }

  private steps(events: readonly Seen[]): Step[] {
    const steps: Step[] = [];
    for (const event of events) {
      if (this.position !== undefined && event.position <= this.position) continue;
      for (const clause of this.projection.clausesFor(event)) {
        const latest = clause.declaration ? atDeclaredVersion(event, clause.declaration) : event;
        if (!latest) {
          this.parked = event.unread ?? event;
          return steps.filter((step) => step.event.position < event.position);
        }
        steps.push({ event: latest, clause, keys: clause.keys(latest) });
      }
    }
    return steps;
  }

  /** Reads what is touched and not at hand yet. */
  private async load(steps: readonly Step[]): Promise<void> {
    const touched = new Set(steps.flatMap((step) => step.keys));
    const keys = [...touched].filter((key) => !this.works.has(key));
    const stored = await this.source.readStore.getStored(this.collection, keys);
    for (const [index, key] of keys.entries()) {
      const { document, position = -1 } = stored[index] ?? {};
      const loaded = BigInt(position);
      this.works.set(key, { key, document, loaded, seen: loaded, changed: false });
    }
  }

  /** Folds events in memory. Parks at one newer than this code, when all before it is folded. */
  async fold(events: readonly Seen[]): Promise<void> {
    const steps = this.steps(events);
    if (steps.length === 0) return;
    if (this.serves) this.begin(steps);
    await this.load(steps);
    for (const { event, clause, keys } of steps) {
      for (const key of keys) {
        const work = this.works.get(key) as Work;
        // A document may be ahead of the checkpoint after a crash; each decides by its own place.
        if (event.position <= work.loaded) continue;
        const document = work.document ?? this.projection.initial(key);
        work.document = clause.evolve(document, event, key);
        work.seen = event.position;
        work.changed = true;
      }
    }
  }

  private begin(steps: readonly Step[]): void {
    const events = steps.map(({ event }) => event);
    this.shown = this.source.observer?.began(`project ${this.name}`, events) ?? nobody;
  }

  /** What it held has been written. */
  wrote(): void {
    this.shown();
    this.shown = nobody;
  }

  /** Documents that it has in memory. */
  get held(): number {
    return this.works.size;
  }

  /**
   * Whether what is folded should be written. Queries wait for what serves; a build that nobody
   * reads yet folds a document many times and writes it once.
   */
  isDue({ live }: { live: boolean }, { events }: Unwritten): boolean {
    if (this.held === 0 && this.unsaved === 0) return false;
    if (this.serves) return this.held > 0 || this.unsaved >= UNSAVED_EVENTS;
    return live || this.unsaved >= events || this.parked !== undefined;
  }

  /**
   * The documents that changed, each whole, in the order of their keys, in which a store has them
   * side by side. From now on they are read where they are written.
   */
  takeUnwritten(): Put[] {
    const { collection } = this;
    const puts = [...this.works.values()].flatMap(({ key, document, seen, changed }) =>
      changed && document ? [{ collection, key, document, position: String(seen) }] : [],
    );
    if (!this.serves) puts.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.works.clear();
    this.unsaved = 0;
    return puts;
  }
}

const nobody = () => undefined;

// More than are built in one term.
const BUILDS_OF_A_TERM = 1_000;

const firstOf = ({ termOf }: Source, projection: AnyProjection) =>
  (termOf?.(projection) ?? 0) * BUILDS_OF_A_TERM + 1;

/** What names the build that serves, in the read store. */
export const pointerOf = ({ name, version }: AnyProjection) => `${name}_v${version}`;

/** The position up to which all builds have followed the log. */
export const earliest = (builds: readonly Building[]): bigint | undefined => {
  let low: bigint | undefined;
  for (const { position } of builds) {
    if (position === undefined) return;
    if (low === undefined || position < low) low = position;
  }
  return low;
};
