import type { Batch, LogSource } from '#lumbung/event-store';
import { type Building, earliest } from './building.js';
import type { Feed } from './feed.js';
import { checkpointAfter } from './place.js';
import type { Unwritten } from './source.js';

const BATCH_EVENTS = 4_000;

// Documents of a kilobyte or so each, and more of them than a regency has members.
const UNWRITTEN: Unwritten = { documents: 100_000, events: 500_000 };

/** The builds that are to write now; the largest too when all hold too much together. */
const dueOf = (builds: readonly Building[], batch: Batch): Building[] => {
  const limits = builds[0]?.source.unwritten ?? UNWRITTEN;
  const due = builds.filter((build) => build.isDue(batch, limits));
  const others = builds.filter((build) => !due.includes(build));
  if (others.reduce((sum, { held }) => sum + held, 0) < limits.documents) return due;
  return [...due, others.reduce((most, one) => (one.held > most.held ? one : most))];
};

/** Services fold beside each other: their documents and stores have nothing in common. */
const apply = async ({ storeId, feeds, builds }: Following, batch: Batch): Promise<void> => {
  const checkpoint = checkpointAfter(storeId, batch);
  if (checkpoint) await Promise.all(feeds.map((feed) => feed.fold(builds, batch, checkpoint)));
  const due = dueOf(builds, batch);
  await Promise.all(feeds.map((feed) => feed.write(due)));
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
export async function* following(way: Following): AsyncGenerator<Batch> {
  const options = { after: earliest(way.builds), signal: way.signal, batchSize: BATCH_EVENTS };
  for await (const batch of way.log.subscribe(options)) {
    await apply(way, batch);
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
