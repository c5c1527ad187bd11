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

  /** Folds a batch in memory, and writes what is due: the documents, then the checkpoints. */
  async fold(all: readonly Building[], batch: Batch, checkpoint: Checkpoint): Promise<void> {
    const last = BigInt(checkpoint.position);
    const builds = all.filter((build) => build.source === this.source && build.wants(last));
    if (builds.length === 0) return;
    const events: readonly Seen[] = this.publish
      ? batch.events.flatMap(this.publish)
      : batch.events;
    for (const build of builds) {
      await build.fold(events);
      build.unsaved += batch.events.length;
    }
    await this.write(
      builds.filter((build) => build.isDue(batch)),
      checkpoint,
    );
  }

  private async write(builds: readonly Building[], checkpoint: Checkpoint): Promise<void> {
    if (builds.length === 0) return;
    const { readStore } = this.source;
    const puts = builds.flatMap((build) => build.taken());
    while (puts.length > PUT_DOCUMENTS) await readStore.put(puts.splice(0, PUT_DOCUMENTS), {});
    // Whoever parked in this batch takes it up again from its start.
    const names = builds
      .filter(({ parked }) => !parked)
      .map(({ collection }) => [collection.name, checkpoint]);
    await readStore.put(puts, Object.fromEntries(names));
  }
}
