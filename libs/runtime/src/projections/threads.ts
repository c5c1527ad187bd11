import { type EventStore, type Folding, isLong, type Part } from '#lumbung/event-store';
import { Building, earliest } from './building.js';
import { catchUp } from './catching-up.js';
import { Feed } from './feed.js';
import type { Source } from './source.js';

/** A module whose `fold` calls `buildPart`, and what that needs to know to open its sources. */
export type Workshop = { module: URL; input: unknown };

type Order = { service: string; projection: string; build: number };
export type Orders<Input = unknown> = {
  storeId: string;
  orders: readonly Order[];
  input: Input;
};

/**
 * Those of several threads' work that fall to one: every nth, where what a service reads of
 * public events is one piece, since telling them is most of its work.
 */
const ofPart = (builds: readonly Building[], { index, of }: Part): Building[] => {
  const pieces = new Set<unknown>();
  return builds.filter((build) => {
    const { source } = build;
    pieces.add(source.mappings ? source : build);
    return (pieces.size - 1) % of === index;
  });
};

const found = (sources: readonly Source[], { service, projection, build }: Order): Building => {
  const source = sources.find((one) => one.service === service);
  const its = source?.projections.find(({ name }) => name === projection);
  if (!source || !its) throw new TypeError(`no projection ${projection} of ${service}`);
  return new Building(source, its, build);
};

/** On a thread of its own: builds a part of what was ordered, up to the end of the log. */
export const buildPart = async (
  { log, part, input, signal, report }: Folding<Orders, string>,
  sources: readonly Source[],
): Promise<number[]> => {
  const builds = ofPart(
    input.orders.map((order) => found(sources, order)),
    part,
  );
  for (const build of builds) await build.resume();
  const feeds = sources.map((source) => new Feed(source));
  const way = { log, storeId: input.storeId, feeds, builds, signal };
  if (builds.length > 0) await catchUp(way, ({ position }) => report(String(position)));
  return builds.map(({ written }) => written);
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
  if (!workshop || !store.fold || !(await isLong(store, earliest(builds)))) return;
  const orders = builds.map(({ source: { service }, name: projection, build }) => ({
    ...{ service, projection, build },
  }));
  const parts = await store.fold<number[], Orders, string>({
    module: workshop.module,
    input: { storeId: store.id, orders, input: workshop.input },
    signal,
    onProgress: (position, part) => {
      for (const build of ofPart(builds, part)) build.position = BigInt(position);
    },
  });
  for (const [index, written] of parts.entries()) {
    for (const [n, build] of ofPart(builds, { index, of: parts.length }).entries()) {
      await build.resume();
      build.written += written[n] ?? 0;
    }
  }
};
