import { type EventStore, type NewEvent, StoreUnavailable } from '#lumbung/event-store';

/** Counts what is appended: how many events each append held. */
export const counting = (store: EventStore) => {
  const appends: NewEvent[][] = [];
  const counted: EventStore = {
    ...store,
    append(stream, events, expected) {
      appends.push([...events]);
      return store.append(stream, events, expected);
    },
  };
  return { store: counted, appends };
};

/** A store whose appends fail as told: before they took hold, or after, when nobody can know. */
export const failing = (store: EventStore) => {
  const plan: ('before' | 'after' | 'well')[] = [];
  const unsure: EventStore = {
    ...store,
    async append(stream, events, expected) {
      const next = plan.shift() ?? 'well';
      if (next === 'before') throw new StoreUnavailable('the disk is full');
      const appended = await store.append(stream, events, expected);
      if (next === 'after') throw new StoreUnavailable('the connection broke');
      return appended;
    },
  };
  return { store: unsure, plan };
};

/** A store whose appends wait until they are let through. */
export const gated = (store: EventStore) => {
  let open: (() => void)[] = [];
  const waiting: EventStore = {
    ...store,
    async append(stream, events, expected) {
      await new Promise<void>((resolve) => open.push(resolve));
      return store.append(stream, events, expected);
    },
  };
  const release = () => {
    for (const pass of open) pass();
    open = [];
  };
  return { store: waiting, release, waiting: () => open.length };
};

/** The store as one of several processes sees it: others may have written. */
export const shared = (store: EventStore): EventStore => ({ ...store, exclusive: false });
