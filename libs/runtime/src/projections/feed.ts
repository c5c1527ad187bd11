import type { Batch } from '#lumbung/event-store';
import type { Checkpoint } from '#lumbung/read-store';
import type { Building } from './building.js';
import { publicEvents, type Seen, type Source } from './source.js';

// A commit holds up queries of the same process for as long as it takes.
const PUT_DOCUMENTS = 5_000;

/** Brings what one service sees of the log into builds of its projections. */
export class Feed {
  private readonly publish: ReturnType<typeof publicEvents> | undefined;

  constructor(readonly source: Source) {
    this.publish = source.mappings && publicEvents(source.mappings);
  }

  /** Folds a batch in memory; `checkpoint` is the place after it. */
  async fold(all: readonly Building[], batch: Batch, checkpoint: Checkpoint): Promise<void> {
    const last = BigInt(checkpoint.position);
    const builds = this.own(all).filter((build) => build.wants(last));
    if (builds.length === 0) return;
    const events: readonly Seen[] = this.publish
      ? batch.events.flatMap(this.publish)
      : batch.events;
    for (const build of builds) {
      await build.fold(events);
      build.unsaved += batch.events.length;
      // Whoever parked in this batch takes it up again from its start.
      if (!build.parked) build.folded = checkpoint;
    }
  }

  /** Writes builds of its own: the documents, then the checkpoints. */
  async write(all: readonly Building[]): Promise<void> {
    const builds = this.own(all);
    if (builds.length === 0) return;
    const { readStore } = this.source;
    const puts = builds.flatMap((build) => {
      const its = build.takeUnwritten();
      build.written += its.length;
      return its;
    });
    while (puts.length > PUT_DOCUMENTS) await readStore.put(puts.splice(0, PUT_DOCUMENTS), {});
    const checkpoints: Record<string, Checkpoint> = {};
    for (const { collection, folded } of builds) if (folded) checkpoints[collection.name] = folded;
    await readStore.put(puts, checkpoints);
    for (const build of builds) build.wrote();
  }

  private own(all: readonly Building[]): Building[] {
    return all.filter((build) => build.source === this.source);
  }
}
