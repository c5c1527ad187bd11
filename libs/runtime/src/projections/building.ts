import type { Batch, EventStore } from '#lumbung/event-store';
import { type AnyProjection, atDeclaredVersion, type Clause, type Recorded } from '#lumbung/kernel';
import type { Checkpoint, Collection, Document, Put } from '#lumbung/read-store';
import type { Source } from './source.js';

/** A document as it lies in the read store: with the log position that it has seen. */
type Seen = Document & { $seen?: string };
type Work = { key: string; document: Document | undefined; seen: bigint; changed: boolean };
type Step = { event: Recorded; clause: Clause<Document>; keys: string[] };

/** An event is newer than this code; its projection waits for code that knows it. */
export class UnknownVersion extends Error {
  override readonly name = 'UnknownVersion';
}

/** One build of one projection: its collection, and how far it has folded the log. */
export class Building {
  readonly collection: Collection;
  position: bigint | undefined;
  /** Events folded since its checkpoint was written. */
  unsaved = 0;

  constructor(
    readonly source: Source,
    readonly projection: AnyProjection,
    readonly build: number,
  ) {
    const { name, version, indexes } = projection;
    this.collection = { name: `${name}_v${version}_${build}`, indexes };
  }

  /** Where the pointer to the serving build lies. */
  get pointer(): string {
    return `${this.projection.name}_v${this.projection.version}`;
  }

  private steps(events: readonly Recorded[]): Step[] {
    const steps: Step[] = [];
    for (const event of events) {
      if (this.position !== undefined && event.position <= this.position) continue;
      for (const clause of this.projection.clausesFor(event)) {
        const latest = clause.declaration ? atDeclaredVersion(event, clause.declaration) : event;
        if (!latest) {
          throw new UnknownVersion(`${this.projection.name}: ${event.type} v${event.version}`);
        }
        steps.push({ event: latest, clause, keys: clause.keys(latest) });
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
}

export const checkpointAfter = (storeId: string, { events }: Batch): Checkpoint | undefined => {
  const last = events.at(-1);
  return last && { storeId, position: String(last.position), eventId: last.id };
};

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
