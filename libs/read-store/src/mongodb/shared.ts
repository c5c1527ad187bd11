import { type Collection, type Db, MongoServerError } from 'mongodb';
import type { Lease, Shared } from '../port.js';
import { isReserved } from './indexes.js';

const DUPLICATE_KEY = 11000;

export type KeptPointer = { _id: string; value: string | null; term: number };
type KeptLease = Lease & { _id: string };

const isDuplicate = (error: unknown) =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/** False where a document of that id is there, and is not as the filter says. */
const changed = async <Kept extends { _id: string }>(
  collection: Collection<Kept>,
  ...[filter, replacement]: Parameters<Collection<Kept>['replaceOne']>
): Promise<boolean> => {
  try {
    await collection.replaceOne(filter, replacement, { upsert: true });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
};

/** What processes agree on in a database that they share. */
export const sharedIn = (
  database: Db,
  pointers: Collection<KeptPointer>,
  accept: <T>(work: () => Promise<T>) => Promise<T>,
): Shared => {
  const leases = database.collection<KeptLease>('lumbung.leases');

  const fence = async (name: string, term: number): Promise<void> => {
    for (;;) {
      const { value = null, term: before = 0 } = (await pointers.findOne({ _id: name })) ?? {};
      if (before > term) return;
      if (await changed(pointers, { _id: name, value, term: before }, { value, term })) return;
    }
  };

  return {
    async lease(name) {
      const kept = await accept(() => leases.findOne({ _id: name }));
      if (!kept) return;
      const { _id, ...lease } = kept;
      return lease;
    },
    setLease(name, lease, before) {
      // No lease is of term 0, so where there is none yet, only an insert can come of it.
      const { term, beat } = before ?? { term: 0, beat: 0 };
      return accept(() => changed(leases, { _id: name, term, beat }, lease));
    },
    fence: (name, term) => accept(() => fence(name, term)),
    point(name, value = null as never, term) {
      const filter = { _id: name, term: { $lte: term } };
      return accept(() => changed(pointers, filter, { value, term }));
    },
    async builds() {
      const listed = await accept(() => database.listCollections({}, { nameOnly: true }).toArray());
      return listed.map(({ name }) => name).filter((name) => !isReserved(name));
    },
  };
};
