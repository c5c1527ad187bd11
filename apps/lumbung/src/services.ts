import { join } from 'node:path';
import { audit } from '#lumbung/audit';
import { identity } from '#lumbung/identity';
import { ledger } from '#lumbung/ledger';
import { membership } from '#lumbung/membership';
import type { ReadStore } from '#lumbung/read-store';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';
import { reporting } from '#lumbung/reporting';
import type { Closing } from './closing.js';

/** The services of a whole regency; each is also a process of its own when they run apart. */
export const services = [identity, membership, ledger, reporting, audit];

/** What each of them reads, in the data folder. */
export const openReadStores = async (folder: string, closing: Closing) => {
  const stores = new Map<string, ReadStore>();
  for (const { name } of services) {
    const store = await openLmdbReadStore({ path: join(folder, 'read', name) });
    closing.add(() => store.close());
    stores.set(name, store);
  }
  return (service: string) => stores.get(service) as ReadStore;
};
