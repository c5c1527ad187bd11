import type { EventStore } from '#lumbung/event-store';
import { epochMs } from '#lumbung/kernel';
import type { Engine } from '#lumbung/runtime';
import type { ReadingFigures } from './figures.js';

const ageAt = async (store: EventStore, position: bigint, now_ms: number): Promise<number> => {
  for await (const [event] of store.readAll({ from: position, limit: 1 })) {
    return event ? Math.max(0, now_ms - epochMs(event.metadata.recordedAt)) / 1_000 : 0;
  }
  return 0;
};

/** How far the projections of an engine are behind its log. */
export const readingFiguresOf = async (engine: Engine): Promise<ReadingFigures> => {
  const { store, projections, now } = engine;
  const [head, now_ms] = [await store.head(), epochMs(now)];
  const reached = projections.position ?? 0n;
  const age_s = head === undefined || reached >= head ? 0 : await ageAt(store, reached, now_ms);
  const figures: ReadingFigures = { ages_s: {}, parked: {} };
  for (const name of projections.projections) {
    figures.ages_s[name] = age_s;
    figures.parked[name] = false;
  }
  for (const { name, parked } of projections.parked) {
    if (!parked) continue;
    figures.ages_s[name] = await ageAt(store, parked.position, now_ms);
    figures.parked[name] = true;
  }
  return figures;
};
