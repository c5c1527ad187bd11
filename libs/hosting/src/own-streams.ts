import { categoryOf, type EventStore } from '#lumbung/event-store';

/** The store as a service may write it: streams of other categories are not its own. */
export const ownStreams = (store: EventStore, categories: readonly string[]): EventStore => {
  const own = new Set(categories);
  const mustBeOwn = (stream: string) => {
    if (own.has(categoryOf(stream))) return;
    throw new TypeError(`${stream} is of a category that this service does not write`);
  };
  const { appendAtomic: _, ...single } = store;
  return {
    ...single,
    async append(stream, events, expected) {
      mustBeOwn(stream);
      return store.append(stream, events, expected);
    },
    async delete(stream, expected) {
      mustBeOwn(stream);
      return store.delete(stream, expected);
    },
    async tombstone(stream, expected) {
      mustBeOwn(stream);
      return store.tombstone(stream, expected);
    },
  };
};
