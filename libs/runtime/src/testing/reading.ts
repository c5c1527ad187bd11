import type { EventStore } from '#lumbung/event-store';
import type { AnyProjection } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { ProjectionRunner } from '../projections/projection-runner.js';
import { ReadModels } from '../projections/read-models.js';
import type { Source } from '../projections/source.js';
import type { Workshop } from '../projections/threads.js';

/** One service's projections in a read store of its own, which write what they fold at once. */
export const sourceOf = (
  readStore: ReadStore,
  projections: readonly AnyProjection[],
  mappings?: Source['mappings'],
): Source => ({
  ...{ service: 'jars', readStore, projections, unwritten: { documents: 1, events: 1 } },
  ...(mappings && { mappings }),
});

/** A process that reads a log; it begins with `start` and ends with `stop`. */
export const readerOf = (store: EventStore, sources: Source | Source[], workshop?: Workshop) => {
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  const runner = new ProjectionRunner(store, [sources].flat(), fail, workshop);
  const caughtUp = async () => {
    const head = await store.head();
    if (head !== undefined) await runner.arrivals.until(head);
    await runner.untilServingAll();
  };
  return {
    log: store,
    runner,
    models: new ReadModels(runner),
    /** Resolves when all that is in the log has been read; rejects when the runner has failed. */
    caughtUp: () => Promise.race([caughtUp(), failed]),
    failed,
    start: () => runner.start(),
    stop: () => runner.stop(),
  };
};

/** A process that has read all that is in the log. */
export const startedReader = async (store: EventStore, ...sources: Source[]) => {
  const reader = readerOf(store, sources);
  await reader.start();
  await reader.caughtUp();
  return reader;
};
