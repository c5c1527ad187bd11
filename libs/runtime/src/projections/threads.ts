import { type Batch, type EventStore, type Folding, isLong, type Part } from '#lumbung/event-store';
import { Building, earliest } from './building.js';
import { catchUp } from './catching-up.js';
import { Feed } from './feed.js';
import type { Parked, Source } from './source.js';

/** A module whose `fold` calls `buildPart`, and what that needs to know to open its sources. */
export type Workshop = {
  module: URL;
  input: unknown;
  /** How many events are too many for this process alone. */
  many?: number;
};

type Order = { service: string; projection: string; build: number };

/** What is to be built, from the log up to `head`. */
export type Orders<Input = unknown> = {
  storeId: string;
  head: bigint;
  orders: readonly Order[];
  input: Input;
};

/** How a build ended on a thread: how many documents it wrote there, and where it parked. */
export type Built = { written: number; parked: Parked | undefined };

/**
 * Those of several threads' work that fall to one: every nth, where what a service reads of
 * public events is one piece, since telling them is most of its work.
 */
const ofPart = (builds: readonly Building[], { index, of }: Part): Building[] => {
  const pieces = new Map<unknown, number>();
  return builds.filter((build) => {
    const { source } = build;
    const piece = source.mappings ? source : build;
    if (!pieces.has(piece)) pieces.set(piece, pieces.size);
    return (pieces.get(piece) as number) % of === index;
  });
};

const found = (sources: readonly Source[], { service, projection, build }: Order): Building => {
  const source = sources.find((one) => one.service === service);
  const its = source?.projections.find(({ name }) => name === projection);
  if (!source || !its) throw new TypeError(`no projection ${projection} of ${service}`);
  return new Building(source, its, build);
};

/** The batches of a log up to a position, as if nothing came after it. */
async function* upTo(head: bigint, batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  for await (const { events, position, live } of batches) {
    const isPast = position !== undefined && position >= head;
    if (!isPast) yield { events, position, live };
    else yield { events: events.filter((one) => one.position <= head), position: head, live: true };
    if (isPast || live) return;
  }
}

/** On a thread of its own: builds a part of what was ordered. */
export const buildPart = async (
  { log, part, input: { storeId, head, orders }, signal, report }: Folding<Orders, bigint>,
  sources: readonly Source[],
): Promise<Built[]> => {
  const builds = ofPart(
    orders.map((order) => found(sources, order)),
    part,
  );
  if (builds.length === 0) return [];
  for (const build of builds) await build.resume();
  const feeds = sources.map((source) => new Feed(source));
  const subscribe: typeof log.subscribe = (options) => upTo(head, log.subscribe(options));
  await catchUp({ log: { subscribe }, storeId, feeds, builds, signal }, ({ position }) => {
    if (position !== undefined) report(position);
  });
  return builds.map(({ written, parked }) => ({
    written,
    parked: parked && { position: parked.position, type: parked.type, version: parked.version },
  }));
};

const reached = (build: Building, { written, parked }: Built, head: bigint) => {
  build.written += written;
  build.parked = parked;
  // What is parked only follows.
  if (parked) build.position = head;
};

/**
 * Builds on threads of their own what is far behind, where the store can; what is left to do
 * after that is the little that was appended meanwhile.
 */
export const buildOnThreads = async (
  store: EventStore,
  workshop: Workshop | undefined,
  builds: readonly Building[],
  signal: AbortSignal,
): Promise<void> => {
  const head = await store.head();
  if (!workshop || !store.fold || head === undefined || builds.length === 0) return;
  if (!(await isLong(store, earliest(builds), workshop.many))) return;
  const orders = builds.map(({ source: { service }, name: projection, build }) => ({
    ...{ service, projection, build },
  }));
  try {
    const parts = await store.fold<Built[], Orders, bigint>({
      module: workshop.module,
      input: { storeId: store.id, head, orders, input: workshop.input },
      signal,
      onProgress: (position, part) => {
        for (const build of ofPart(builds, part)) build.position = position;
      },
    });
    for (const build of builds) await build.resume();
    for (const [index, built] of parts.entries()) {
      const its = ofPart(builds, { index, of: parts.length });
      for (const [n, build] of its.entries()) reached(build, built[n] as Built, head);
    }
  } catch (error) {
    // What was told of the way there is not where they are.
    for (const build of builds) await build.resume();
    throw error;
  }
};
