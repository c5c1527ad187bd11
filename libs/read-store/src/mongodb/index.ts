import type { Collection as MongoCollection } from 'mongodb';
import type { Checkpoint, Collection, Entry, Put, Query, ReadStore, Stored } from '../port.js';
import { type ConnectionOptions, openConnection } from './connection.js';
import { buildsIn } from './indexes.js';
import { searchOf } from './searching.js';
import { type KeptPointer, sharedIn } from './shared.js';
import { type Kept, keptOf, storedOf } from './stored.js';
import { replaceAll } from './writing.js';

export { ReadStoreUnavailable } from './failure.js';

type Builds = ReturnType<typeof buildsIn>;
type KeptCheckpoint = Checkpoint & { _id: string };

/** As they are now: later changes to what was put do not reach them. */
const byCollection = (puts: readonly Put[]) => {
  const groups = new Map<string, { collection: Collection; documents: Kept[] }>();
  for (const put of puts) {
    const { collection } = put;
    const group = groups.get(collection.name) ?? { collection, documents: [] };
    groups.set(collection.name, group);
    group.documents.push(keptOf(put));
  }
  return [...groups.values()];
};

// A batch that is not full tells that there is no more, which saves asking for it.
const inOneBatch = (count: number) => ({ batchSize: count + 1 });

const keptAt = async (
  collection: MongoCollection<Kept>,
  keys: readonly string[],
): Promise<(Stored | undefined)[]> => {
  const filter = { _id: { $in: [...new Set(keys)] } };
  const found = await collection.find(filter, inOneBatch(keys.length)).toArray();
  const kept = new Map(found.map((one) => [one._id, one]));
  return keys.map((key) => {
    const one = kept.get(key);
    return one && storedOf(one);
  });
};

const entriesOf = async (
  builds: Builds,
  collection: Collection,
  query: Query,
): Promise<Entry<object>[]> => {
  const search = searchOf(collection, query);
  if (!search) return [];
  const { filter, options, cursorOf } = search;
  const batch = inOneBatch(options.limit);
  const found = await builds
    .of(collection)
    .find(filter, { ...options, ...batch })
    .toArray();
  return found.map((kept) => {
    const { _id: key } = kept;
    const { document } = storedOf(kept);
    return { key, document, cursor: cursorOf(key, document) };
  });
};

const keepCheckpoints = async (
  collection: MongoCollection<KeptCheckpoint>,
  checkpoints: Readonly<Record<string, Checkpoint>>,
) => {
  const operations = Object.entries(checkpoints).map(([_id, { storeId, position, eventId }]) => ({
    replaceOne: { filter: { _id }, replacement: { storeId, position, eventId }, upsert: true },
  }));
  if (operations.length > 0) await collection.bulkWrite(operations, { ordered: false });
};

/**
 * Opens a read store in a database of MongoDB, from 4.4 on; it needs no transactions. Throws
 * `ReadStoreUnavailable` when no server answers, or not to this user, here and later; TypeError
 * for what is no address.
 */
export const openMongoReadStore = async (options: ConnectionOptions): Promise<ReadStore> => {
  const { database, accept, close } = await openConnection(options);
  const builds = buildsIn(database);
  const checkpoints = database.collection<KeptCheckpoint>('lumbung.checkpoints');
  const pointers = database.collection<KeptPointer>('lumbung.pointers');
  const getStored = (collection: Collection, keys: readonly string[]) =>
    accept(() => keptAt(builds.of(collection), keys));

  const documentsAt = async (collection: Collection, keys: readonly string[]) =>
    (await getStored(collection, keys)).map((stored) => stored?.document);

  return {
    async get<Doc>(collection: Collection, key: string) {
      const [document] = await documentsAt(collection, [key]);
      return document as Doc | undefined;
    },
    async getMany<Doc>(collection: Collection, keys: readonly string[]) {
      return (await documentsAt(collection, keys)) as (Doc | undefined)[];
    },
    getStored,
    async put(puts, newCheckpoints) {
      const groups = byCollection(puts);
      await accept(async () => {
        const writes = groups.map(async ({ collection, documents }) =>
          replaceAll(await builds.indexed(collection), documents),
        );
        // All have ended when this rejects, so that none is still on its way when it is repeated.
        await Promise.allSettled(writes);
        await Promise.all(writes);
        await keepCheckpoints(checkpoints, newCheckpoints);
      });
    },
    async query<Doc>(collection: Collection, query: Query) {
      return (await accept(() => entriesOf(builds, collection, query))) as Entry<Doc>[];
    },
    async checkpoint(build) {
      const kept = await accept(() => checkpoints.findOne({ _id: build }));
      if (!kept) return;
      const { _id, ...checkpoint } = kept;
      return checkpoint;
    },
    async pointer(name) {
      return (await accept(() => pointers.findOne({ _id: name })))?.value ?? undefined;
    },
    async setPointer(name, value) {
      await accept(() => pointers.replaceOne({ _id: name }, { value, term: 0 }, { upsert: true }));
    },
    async drop(collection) {
      await accept(async () => {
        // The checkpoint first: what is left after a crash is then no build that counts.
        await checkpoints.deleteOne({ _id: collection.name });
        await builds.drop(collection);
      });
    },
    close,
    shared: sharedIn(database, pointers, accept),
  };
};
