import { join } from 'node:path';
import { allServices, type Closing, openReadStores } from '#lumbung/hosting';
import { openLmdbReadStore } from '#lumbung/read-store/lmdb';

/** What each service reads, in the data folder. */
export const readStoresIn = (folder: string, closing: Closing) =>
  openReadStores(
    allServices,
    (service) => openLmdbReadStore({ path: join(folder, 'read', service) }),
    closing,
  );
