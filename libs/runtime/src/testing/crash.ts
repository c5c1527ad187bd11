import { type EventStore, StoreUnavailable } from '#lumbung/event-store';
import type { ReadStore } from '#lumbung/read-store';
import type { Dispatch } from '../workflows/workflow-runner.js';

/**
 * A process that dies at its nth act on the world (an append, a command sent, a place saved),
 * before it took hold or after; nothing that it does from then on reaches anything.
 */
export const crashing = (nth: number, when: 'before' | 'after') => {
  let acts = 0;
  let isDead = false;
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const act = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) throw new StoreUnavailable('the process is dead');
    if (acts++ !== nth) return work();
    if (when === 'after') await work();
    isDead = true;
    die();
    throw new StoreUnavailable('the process is dead');
  };
  return {
    died,
    isDead: () => isDead,
    log: (store: EventStore): EventStore => ({
      ...store,
      append: (stream, events, expected) => act(() => store.append(stream, events, expected)),
    }),
    dispatching:
      (dispatch: Dispatch): Dispatch =>
      (pattern, call) =>
        act(() => dispatch(pattern, call)),
    readStore: (store: ReadStore): ReadStore => ({
      ...store,
      put: (puts, checkpoints) => act(() => store.put(puts, checkpoints)),
    }),
  };
};
