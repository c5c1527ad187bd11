import type { EventStore } from '#lumbung/event-store';
import { type AnyProjection, atDeclaredVersion, type Clause, type Recorded } from '#lumbung/kernel';
import type { Checkpoint, Collection, Document, Put } from '#lumbung/read-store';
import type { Source } from './source.js';

/** A document as it lies in the read store: with the log position that it has seen. */
type Seen = Document & { $seen?: string };
type Work = { key: string; document: Document | undefined; seen: bigint; changed: boolean };
type Step = { event: Recorded; clause: Clause<Document>; keys: readonly string[] };

/** An event is newer than this code; its reader waits for code that knows it. */
export class UnknownVersion extends Error {
  override readonly name = 'UnknownVersion';
  constructor(
    reader: string,
    { type, version }: Pick<Recorded, 'type' | 'version'>,
    /** Nothing at or after it was read. */
    readonly position: bigint,
  ) {
    super(`${reader} meets ${type} in version ${version}, which this code does not know`);
  }
}

/** One build of one projection: its collection, and how far it has folded the log. */
export class Building {
  readonly collection: Collection;
  position: bigint | undefined;
  /** Events folded since its checkpoint was written. */
  unsaved = 0;
  /** Set when it has come to an event that it cannot read, and stays before it. */
  parked: UnknownVersion | undefined;

  constructor(
    readonly source: Source,
    readonly projection: AnyProjection,
    readonly build: number,
  ) {
    this.collection = this.collectionOf(build);
  }

  /** The collection of another build of the same version. */
  collectionOf(build: number): Collection {
    return { name: `${this.pointer}_${build}`, indexes: this.projection.indexes };
  }

  /** Where the pointer to the serving build lies. */
  get pointer(): string {
    return this.pointerOf(this.projection.version);
  }

  pointerOf(version: number): string {
    return `${this.projection.name}_v${version}`;
  }

  private steps(events: readonly Recorded[]): Step[] {
    const { name } = this.projection;
    const steps: Step[] = [];
    for (const event of events) {
      const { position } = event;
      if (this.position !== undefined && position <= this.position) continue;
      for (const clause of this.projection.clausesFor(event)) {
        const latest = clause.declaration ? atDeclaredVersion(event, clause.declaration) : event;
        if (!latest) {
          this.parked = new UnknownVersion(name, event, position);
          return steps.filter((step) => step.event.position < position);
        }
        steps.push({ event: latest, clause, keys: [...new Set(clause.keys(latest))] });
      }
    }
    return steps;
  }

  private async load(steps: readonly Step[]): Promise<Map<string, Work>> {
    const keys = [...new Set(steps.flatMap((step) => step.keys))];
    const documents = await this.source.readStore.getMany<Seen>(this.collection, keys);
    return new Map(
      keys.map((key, index) => {
        const document = documents[index];
        const seen = BigInt(document?.$seen ?? -1);
        return [key, { key, document, seen, changed: false }];
      }),
    );
  }

  /** Folds events in memory and answers the documents that changed, each whole. */
  async fold(events: readonly Recorded[]): Promise<Put[]> {
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
      const position = String(seen);
      const stored = { ...document, $seen: position };
      return [{ collection: this.collection, key, document: stored, position }];
    });
  }

  /** The last of the stored events of a batch that it has read, after `fold`. */
  lastRead(events: readonly Recorded[]): Recorded | undefined {
    const { parked } = this;
    return parked ? events.findLast(({ position }) => position < parked.position) : events.at(-1);
  }
}

export const checkpointAt = (storeId: string, { position, id }: Recorded): Checkpoint => ({
  storeId,
  position: String(position),
  eventId: id,
});

/** False when the log is another one, or was restored to an earlier day. */
export const isOfThisLog = async (
  store: EventStore,
  { storeId, position, eventId }: Checkpoint,
): Promise<boolean> => {
  if (storeId !== store.id) return false;
  for await (const [event] of store.readAll({ from: BigInt(position), limit: 1 })) {
    return event?.id === eventId;
  }
  return false;
};
