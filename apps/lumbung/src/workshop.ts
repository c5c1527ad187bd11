import 'reflect-metadata';
import type { Folding } from '#lumbung/event-store';
import { allServices, Closing } from '#lumbung/hosting';
import { type Built, buildPart, type Orders, sourcesOf } from '#lumbung/runtime';
import { readStoresIn } from './read-stores.js';

/** On a thread of its own: builds projections into the read stores of the data folder. */
export const fold = async (folding: Folding<Orders<string>, bigint>): Promise<Built[]> => {
  const closing = new Closing();
  try {
    const readStoreOf = await readStoresIn(folding.input.input, closing);
    return await buildPart(folding, sourcesOf(allServices, readStoreOf));
  } finally {
    await closing.close();
  }
};
