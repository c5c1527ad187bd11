import type { About, Progress, Rebuilt } from '#lumbung/contracts';
import type { Caller, Timers } from '#lumbung/kernel';

const LONGEST_WAIT_MS = 2_000;

// Longer chains of workflows than this would be a loop.
const MAX_LINKS = 10;

/** The workflows and projections of one process, as whoever waits for all of them sees it. */
export type Readers = {
  /** Resolves when workflows have followed to `position`, with the furthest they have sent to. */
  follow(position: bigint, signal: AbortSignal): Promise<bigint>;
  /** Resolves when projections have come to `position`. */
  arrive(position: bigint, signal: AbortSignal): Promise<void>;
  progress(): Promise<Progress>;
  /** Nothing for a projection that it does not have. */
  rebuild(projection: string | undefined, caller: Caller): Promise<Rebuilt[]>;
  about(): Promise<About>;
};

const followed = async (readers: readonly Readers[], position: bigint, signal: AbortSignal) => {
  let upTo = position;
  for (let link = 0; link < MAX_LINKS; link++) {
    const places = await Promise.all(readers.map((one) => one.follow(upTo, signal)));
    const furthest = places.reduce((far, place) => (place > far ? place : far), upTo);
    if (furthest === upTo) break;
    upTo = furthest;
  }
  await Promise.all(readers.map((one) => one.arrive(upTo, signal)));
};

/** Waits until workflows, their commands and projections have followed; false on giving up. */
export const waitForAll = async (
  readers: readonly Readers[],
  position: bigint,
  timers: Timers,
): Promise<boolean> => {
  const ended = new AbortController();
  const limit = timers.sleep(LONGEST_WAIT_MS, ended.signal).then(() => false);
  const following = followed(readers, position, ended.signal).then(() => true);
  try {
    return await Promise.race([following, limit]);
  } finally {
    ended.abort();
  }
};

const isFurther = (one: string | null, other: string | null) =>
  other !== null && (one === null || BigInt(other) > BigInt(one));

/** How far all have come together. */
export const together = (all: readonly Progress[]): Progress => {
  const merged = <K extends 'projections' | 'workflows' | 'rebuilding' | 'parked'>(part: K) =>
    Object.assign({}, ...all.map((one) => one[part])) as Progress[K];
  return {
    head: all.reduce<string | null>((far, { head }) => (isFurther(far, head) ? head : far), null),
    projections: merged('projections'),
    workflows: merged('workflows'),
    building: all.flatMap(({ building }) => building),
    rebuilding: merged('rebuilding'),
    parked: merged('parked'),
    caughtUp: all.every(({ caughtUp }) => caughtUp),
  };
};
