import { type AnyBulkWriteOperation, type Collection, MongoBulkWriteError } from 'mongodb';
import type { Kept } from './stored.js';

const DUPLICATE_KEY = 11000;

/** Where, among the writes, a document was found after all; throws `error` if it says more. */
const duplicatesIn = (error: unknown): number[] => {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  const isThatOnly = failures.length > 0 && failures.every(({ code }) => code === DUPLICATE_KEY);
  if (!isThatOnly) throw error;
  return failures.map(({ index }) => index);
};

const replacing = (
  { _id, ...replacement }: Kept,
  upsert: boolean,
): AnyBulkWriteOperation<Kept> => ({
  replaceOne: { filter: { _id, position: { $lt: replacement.position } }, replacement, upsert },
});

/** Writes each document whose position is later than what is stored, in no order. */
export const replaceAll = async (
  collection: Collection<Kept>,
  documents: readonly Kept[],
): Promise<void> => {
  const replace = (some: readonly Kept[], upsert: boolean) =>
    collection.bulkWrite(
      some.map((one) => replacing(one, upsert)),
      { ordered: false },
    );
  try {
    await replace(documents, true);
  } catch (error) {
    const found = new Set(duplicatesIn(error));
    // Found at a later position, or put there in this very moment by another who came earlier in
    // the log: now that it is there, the guard alone tells.
    await replace(
      documents.filter((_, index) => found.has(index)),
      false,
    );
  }
};
