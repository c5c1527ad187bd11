import type { EventStore } from '#lumbung/event-store';
import { type AnyProjection, atDeclaredVersion, type Clause, type Recorded } from '#lumbung/kernel';
import type { Collection, Document, Put } from '#lumbung/read-store';
import { isOfThisLog } from './place.js';
import type { Parked, Seen, Source } from './source.js';

type Work = { key: string; document: Document | undefined; seen: bigint; changed: boolean };
type Step = { event: Recorded; clause: Clause<Document>; keys: string[] };

/** One build of one projection: its collection, and how far it has followed the log. */
export class Building {
  readonly collection: Collection;
  position: bigint | undefined;
  /** Events folded since its checkpoint was written. */
  unsaved = 0;
  /** Documents written since it began here. */
  written = 0;
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
    const build = new Building(source, projection, Number(number ?? 1));
    const checkpoint = await readStore.checkpoint(build.collection.name);
    if (checkpoint && (await isOfThisLog(store, checkpoint))) {
      build.position = BigInt(checkpoint.position);
      build.serves = number !== undefined;
    } else {
      // What was read of another log is void.
      await build.drop();
    }
    // A crash may have come between taking a place and clearing it.
    if (number !== undefined) await build.numbered(build.build - 1).drop();
    return build;
  }

  numbered(build: number): Building {
    return new Building(this.source, this.projection, build);
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

  private async load(steps: readonly Step[]): Promise<Map<string, Work>> {
    const keys = [...new Set(steps.flatMap((step) => step.keys))];
    const stored = await this.source.readStore.getStored(this.collection, keys);
    return new Map(
      keys.map((key, index) => {
        const { document, position = -1 } = stored[index] ?? {};
        return [key, { key, document, seen: BigInt(position), changed: false }];
      }),
    );
  }

  /**
   * Folds events in memory and answers the documents that changed, each whole. Parks at an event
   * newer than this code, when all before it is folded.
   */
  async fold(events: readonly Seen[]): Promise<Put[]> {
    const steps = this.steps(events);
    if (steps.length === 0) return [];
    const works = await this.load(steps);
    // A document may be ahead of the checkpoint after a crash; each decides by its own position.
    const before = new Map([...works.values()].map((work) => [work, work.seen]));
    for (const { event, clause, keys } of steps) {
      for (const key of keys) {
        const work = works.get(key) as Work;
        if (event.position <= (before.get(work) ?? -1n)) continue;
        const document = work.document ?? this.projection.initial(key);
        work.document = clause.evolve(document, event, key);
        work.seen = event.position;
        work.changed = true;
      }
    }
    return [...works.values()].flatMap(({ key, document, seen, changed }) => {
      if (!changed || !document) return [];
      return [{ collection: this.collection, key, document, position: String(seen) }];
    });
  }
}

const pointerOf = ({ name, version }: AnyProjection) => `${name}_v${version}`;

/** The position up to which all builds have followed the log. */
export const earliest = (builds: readonly Building[]): bigint | undefined => {
  let low: bigint | undefined;
  for (const { position } of builds) {
    if (position === undefined) return;
    if (low === undefined || position < low) low = position;
  }
  return low;
};
