import { type EventStore, StoreUnavailable } from './port.js';

/**
 * The same store, which tells of its failing: what cannot be written accepts nothing more, so
 * whoever runs the process must know, not only who asked.
 */
export const watched = (store: EventStore, onFailure: (error: unknown) => void): EventStore => {
  const telling = async <T>(writing: Promise<T>): Promise<T> => {
    try {
      return await writing;
    } catch (error) {
      if (error instanceof StoreUnavailable) onFailure(error);
      throw error;
    }
  };
  const { appendAtomic } = store;
  return {
    ...store,
    append: (...append) => telling(store.append(...append)),
    ...(appendAtomic && { appendAtomic: (writes) => telling(appendAtomic(writes)) }),
    delete: (...deletion) => telling(store.delete(...deletion)),
    tombstone: (...ending) => telling(store.tombstone(...ending)),
  };
};
