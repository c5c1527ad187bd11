import { allServices, Closing } from '#lumbung/hosting';
import 'reflect-metadata';
import type { Folding } from '#lumbung/event-store';
import { type Built, buildPart, type Orders, sourcesOf } from '#lumbung/runtime';
import { openReadStores } from './read-stores.js';

/** On a thread of its own: builds projections into the read stores of the data folder. */
export const fold = async (folding: Folding<Orders<string>, bigint>): Promise<Built[]> => {
  const closing = new Closing();
  try {
    const readStoreOf = await openReadStores(folding.input.input, closing);
    return await buildPart(folding, sourcesOf(allServices, readStoreOf));
  } finally {
    await closing.close();
  }
};
