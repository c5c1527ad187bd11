import { auditRejections, type Replayed } from '#lumbung/contracts';
import { type EventStore, isLong } from '#lumbung/event-store';
import { refuse } from '#lumbung/kernel';
import type { LogReader } from './log-reader.js';
import { Replay, type Wanted } from './replay.js';
import type { ReplayedPart, ReplayPlace, ReplayTask } from './replay-thread.js';

type Means = {
  store: EventStore;
  reader: LogReader;
  wanted: Wanted;
  onPlace: (place: ReplayPlace) => void;
  /** How many events are too many for this process alone. */
  many?: number;
};

const THREAD = new URL('./replay-thread.js', import.meta.url);

/** What the threads have read together: all events, and the log up to the slowest. */
const together = (places: readonly ReplayPlace[], of: number): ReplayPlace => {
  const told = Object.values(places);
  const events = told.reduce((sum, { events }) => sum + events, 0);
  if (told.length < of) return { events, position: undefined };
  const [first, ...others] = told.map(({ position }) => position);
  const slowest = others.reduce((low, at) => (low && at && at < low ? at : low), first);
  return { events, position: slowest };
};

/**
 * The balances of books up to now, folded on threads when the log is long and the store can.
 * Rejects POSTING_UNREADABLE.
 */
export const replayed = async (means: Means): Promise<Replayed> => {
  const { store, reader, wanted, onPlace, many } = means;
  const head = await store.head();
  const replay = new Replay(wanted);
  if (head === undefined || !store.fold || !(await isLong(store, undefined, many))) {
    await reader.through(head, replay.take);
    return replay.answer(reader.events);
  }
  const places: ReplayPlace[] = [];
  const parts = await store.fold<ReplayedPart, ReplayTask, ReplayPlace>({
    module: THREAD,
    input: { wanted, head },
    onProgress: (place, { index, of }) => {
      places[index] = place;
      onPlace(together(places, of));
    },
  });
  let events = 0;
  for (const part of parts) {
    if ('unreadable' in part) throw refuse(auditRejections, 'POSTING_UNREADABLE', part.unreadable);
    replay.add(part.books);
    events += part.events;
  }
  return replay.answer(events);
};
