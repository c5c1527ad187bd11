import type { Batch, LogSource } from '#lumbung/event-store';
import { type Building, earliest } from './building.js';
import type { Feed } from './feed.js';
import { checkpointAfter } from './place.js';

const BATCH_EVENTS = 4_000;

/** Services fold beside each other: their documents and stores have nothing in common. */
const apply = async (
  storeId: string,
  feeds: readonly Feed[],
  builds: readonly Building[],
  batch: Batch,
): Promise<void> => {
  const checkpoint = checkpointAfter(storeId, batch);
  if (checkpoint) await Promise.all(feeds.map((feed) => feed.fold(builds, batch, checkpoint)));
  for (const build of builds) build.position = later(build.position, batch.position);
};

type Following = {
  log: Pick<LogSource, 'subscribe'>;
  storeId: string;
  feeds: readonly Feed[];
  builds: readonly Building[];
  signal: AbortSignal;
};

/** Lets builds follow the log from where the first of them is; tells of each batch they folded. */
export async function* following({ log, storeId, feeds, builds, signal }: Following) {
  const options = { after: earliest(builds), signal, batchSize: BATCH_EVENTS };
  for await (const batch of log.subscribe(options)) {
    await apply(storeId, feeds, builds, batch);
    yield batch;
  }
}

/** Brings builds to the end of the log. */
export const catchUp = async (
  way: Following,
  onBatch: (batch: Batch) => void = () => undefined,
): Promise<void> => {
  for await (const batch of following(way)) {
    onBatch(batch);
    if (batch.live) return;
  }
};

const later = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
