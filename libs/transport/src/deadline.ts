import { AsyncLocalStorage } from 'node:async_hooks';

// In milliseconds of the clock that never runs backwards.
const deadlines = new AsyncLocalStorage<number>();

/** What is asked for while `act` runs is wanted until then; an earlier deadline stays. */
export const until = <T>(deadline_ms: number, act: () => T): T =>
  deadlines.run(Math.min(deadline_ms, currentDeadline()), act);

/** When whoever asked first stops waiting. */
export const currentDeadline = (): number => deadlines.getStore() ?? Number.POSITIVE_INFINITY;
