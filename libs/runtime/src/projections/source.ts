import {
  type AnyProjection,
  atDeclaredVersion,
  type PublicMapping,
  type Recorded,
  retold,
} from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import type { Observer } from '../observer.js';

/**
 * What one service reads: its projections in its own read store. With `mappings` it sees only
 * the public events that they make of the stored ones.
 */
export type Source = {
  service: string;
  readStore: ReadStore;
  projections: readonly AnyProjection[];
  mappings?: readonly PublicMapping[];
  unwritten?: Unwritten;
  /** Where several processes share the store: the term in which this one builds. */
  termOf?: (projection: AnyProjection) => number;
  observer?: Observer | undefined;
};

/** How much builds that nobody reads yet may hold together, and read each, before they write. */
export type Unwritten = { documents: number; events: number };

/** An event as a service sees it; `unread` is the stored one that this code is too old to tell. */
export type Seen = Recorded & { unread?: Recorded };

/** The stored event at which a reader waits for newer code. */
export type Parked = Pick<Recorded, 'position' | 'type' | 'version'>;

/** The same as it is told to people and programs. */
export const shownPlace = ({ position, type, version }: Parked) => ({
  ...{ position: String(position), type, version },
});

// Its readers are to wait for code that knows it, not to miss it.
const asNewerThanAll = (event: Recorded, { to }: PublicMapping): Seen => ({
  ...retold(event, { type: to.type, version: Number.POSITIVE_INFINITY, data: event.data }),
  unread: event,
});

const atLatest = (event: Recorded, { from }: PublicMapping): Recorded | undefined =>
  from === 'posting' ? event : atDeclaredVersion(event, from);

const told = (event: Recorded, mapping: PublicMapping): Seen[] => {
  const latest = atLatest(event, mapping);
  if (!latest) return [asNewerThanAll(event, mapping)];
  const happened = mapping.map(latest);
  return happened ? [retold(event, happened)] : [];
};

/** Turns stored events into public ones. */
export const publicEvents = (mappings: readonly PublicMapping[]) => {
  const byType = new Map<string, PublicMapping[]>();
  for (const mapping of mappings) {
    const type = mapping.from === 'posting' ? 'posting' : mapping.from.type;
    byType.set(type, [...(byType.get(type) ?? []), mapping]);
  }
  const posted = byType.get('posting') ?? [];
  return (event: Recorded): Seen[] => {
    const carries = (event.data as { posting?: unknown }).posting !== undefined;
    const own = byType.get(event.type) ?? [];
    return [...own, ...(carries ? posted : [])].flatMap((mapping) => told(event, mapping));
  };
};
