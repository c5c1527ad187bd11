import type { ReadStore } from '#lumbung/read-store';
import type { Service } from '#lumbung/runtime';
import type { Closing } from './closing.js';

/** What each service reads, in a store of its own. */
export const openReadStores = async (
  services: readonly Service[],
  open: (service: string) => Promise<ReadStore>,
  closing: Closing,
): Promise<(service: string) => ReadStore> => {
  const stores = new Map<string, ReadStore>();
  for (const { name } of services) {
    const store = await open(name);
    closing.add(() => store.close());
    stores.set(name, store);
  }
  return (service) => stores.get(service) as ReadStore;
};
