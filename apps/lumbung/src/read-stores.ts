import { join } from 'node:path';
import { allServices, type Closing } from '#lumbung/hosting';
import type { ReadStore } from '#lumbung/read-store';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';

/** What each service reads, in the data folder. */
export const openReadStores = async (folder: string, closing: Closing) => {
  const stores = new Map<string, ReadStore>();
  for (const { name } of allServices) {
    const store = await openLmdbReadStore({ path: join(folder, 'read', name) });
    closing.add(() => store.close());
    stores.set(name, store);
  }
  return (service: string) => stores.get(service) as ReadStore;
};
