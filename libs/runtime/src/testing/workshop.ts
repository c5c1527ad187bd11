import type { Folding } from '#lumbung/event-store';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';
import { type Built, buildPart, type Orders } from '../projections/threads.js';
import { holdings, loans } from './coin-log.js';
import { sourceOf } from './reading.js';

/** What the tests' threads run: builds of what jars hold, in the read store of a folder. */
export const fold = async (folding: Folding<Orders<string>, bigint>): Promise<Built[]> => {
  const readStore = await openLmdbReadStore({ path: folding.input.input });
  try {
    return await buildPart(folding, [sourceOf(readStore, [holdings, loans])]);
  } finally {
    await readStore.close();
  }
};
