import type { Batch } from '#lumbung/event-store';
import type { Checkpoint, Put } from '#lumbung/read-store';
import type { Building } from './building.js';
import { publicEvents, type Seen, type Source } from './source.js';

// Events that change nothing here need no commit of their own; reading them again is cheap.
const UNSAVED_EVENTS = 10_000;

/** Brings what one service sees of the log into builds of its projections. */
export class Feed {
  private readonly publish: ReturnType<typeof publicEvents> | undefined;

  constructor(readonly source: Source) {
    this.publish = source.mappings && publicEvents(source.mappings);
  }

  /** Folds a batch in memory and writes it once: the documents, then the checkpoints. */
  async fold(
    all: readonly Building[],
    { events: stored, live }: Batch,
    checkpoint: Checkpoint,
  ): Promise<void> {
    const last = BigInt(checkpoint.position);
    const builds = all.filter((build) => build.source === this.source && build.wants(last));
    if (builds.length === 0) return;
    const events: readonly Seen[] = this.publish ? stored.flatMap(this.publish) : stored;
    const puts: Put[] = [];
    for (const build of builds) {
      const changed = await build.fold(events);
      puts.push(...changed);
      build.written += changed.length;
      build.unsaved += stored.length;
    }
    // What is about to serve shall do so at once after a restart.
    const isDue = ({ unsaved, serves }: Building) => unsaved >= UNSAVED_EVENTS || (live && !serves);
    if (puts.length === 0 && !builds.some(isDue)) return;
    // Whoever parked in this batch takes it up again from its start.
    const names = builds
      .filter(({ parked }) => !parked)
      .map(({ collection }) => [collection.name, checkpoint]);
    await this.source.readStore.put(puts, Object.fromEntries(names));
    for (const build of builds) build.unsaved = 0;
  }
}
