import type { Db, IndexDescription, Collection as MongoCollection } from 'mongodb';
import type { Collection } from '../port.js';
import { type Kept, pathOf } from './stored.js';

/** The fields of an index and the key, in the order that MongoDB keeps them. */
export const pathsOf = (fields: readonly string[]): string[] => [...fields.map(pathOf), '_id'];

/** True where a document is in the index: all its fields are there. */
export const presence = (fields: readonly string[]) =>
  fields.map((field) => ({ [pathOf(field)]: { $exists: true } }));

const descriptionOf = (fields: readonly string[]): IndexDescription => ({
  key: Object.fromEntries(pathsOf(fields).map((path) => [path, 1])),
  name: pathsOf(fields).join(','),
  partialFilterExpression: Object.assign({}, ...presence(fields)),
});

/** By name: MongoDB has one index of the same fields. The key alone has one from the beginning. */
const descriptionsOf = ({ indexes }: Collection): IndexDescription[] => {
  const descriptions = Object.values(indexes)
    .filter((fields) => fields.length > 0)
    .map(descriptionOf);
  return [...new Map(descriptions.map((one) => [one.name, one])).values()];
};

/** Names that are the store's own, or the server's. */
export const isReserved = (name: string): boolean => /^(lumbung|system)\./.test(name);

/** The collections of builds, each with its indexes made when it is first written. */
export const buildsIn = (database: Db) => {
  const indexed = new Map<string, Promise<unknown>>();

  const of = ({ name }: Collection): MongoCollection<Kept> => {
    if (isReserved(name)) throw new TypeError(`no build is called ${name}`);
    return database.collection<Kept>(name);
  };

  const makeIndexes = async (collection: Collection) => {
    const descriptions = descriptionsOf(collection);
    if (descriptions.length > 0) await of(collection).createIndexes(descriptions);
  };

  return {
    of,
    async indexed(collection: Collection): Promise<MongoCollection<Kept>> {
      const { name } = collection;
      const making = indexed.get(name) ?? makeIndexes(collection);
      indexed.set(name, making);
      try {
        await making;
      } catch (error) {
        indexed.delete(name);
        throw error;
      }
      return of(collection);
    },
    async drop(collection: Collection): Promise<void> {
      await of(collection).drop();
      indexed.delete(collection.name);
    },
  };
};
