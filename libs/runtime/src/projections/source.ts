import {
  type AnyProjection,
  atDeclaredVersion,
  type PublicMapping,
  type Recorded,
} from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';

/**
 * What one service reads: its projections in its own read store. With `mappings` it sees only
 * the public events that they make of the stored ones.
 */
export type Source = {
  service: string;
  readStore: ReadStore;
  projections: readonly AnyProjection[];
  mappings?: readonly PublicMapping[];
};

/** Turns stored events into public ones. */
export const publicEvents = (mappings: readonly PublicMapping[]) => {
  const byType = new Map<string, PublicMapping[]>();
  for (const mapping of mappings) {
    const type = mapping.from === 'posting' ? 'posting' : mapping.from.type;
    byType.set(type, [...(byType.get(type) ?? []), mapping]);
  }
  const posted = byType.get('posting') ?? [];
  const atLatest = (event: Recorded, mapping: PublicMapping): Recorded | undefined => {
    if (mapping.from === 'posting') return event;
    return atDeclaredVersion(event, mapping.from);
  };
  return (event: Recorded): Recorded[] => {
    const carries = (event.data as { posting?: unknown }).posting !== undefined;
    const own = byType.get(event.type) ?? [];
    return [...own, ...(carries ? posted : [])].flatMap((mapping) => {
      const latest = atLatest(event, mapping);
      const told = latest && mapping.map(latest);
      return told ? [{ ...event, ...told }] : [];
    });
  };
};
