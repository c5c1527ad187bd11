import 'reflect-metadata';
import type { Folding } from '#lumbung/event-store';
import { type Built, buildPart, type Orders, sourcesOf } from '#lumbung/runtime';
import { Closing } from './closing.js';
import { openReadStores, services } from './services.js';

/** On a thread of its own: builds projections into the read stores of the data folder. */
export const fold = async (folding: Folding<Orders<string>, bigint>): Promise<Built[]> => {
  const closing = new Closing();
  try {
    const readStoreOf = await openReadStores(folding.input.input, closing);
    return await buildPart(folding, sourcesOf(services, readStoreOf));
  } finally {
    await closing.close();
  }
};
