import { open } from 'lmdb';
import { type PersonId, Unavailable } from '#lumbung/kernel';
import type { KeyStore, PersonRecord } from './key-store.js';

const CHECK = 'check';

const durably = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch {
    throw new Unavailable(
      'VAULT_UNAVAILABLE',
      'Brankas data pribadi tidak dapat ditulis. Periksa ruang disk, lalu coba lagi.',
    );
  }
};

/**
 * Opens or creates the store in the file `path`. Writes of one turn of the event loop share a
 * commit; a commit that fails is `Unavailable`.
 */
export const lmdbKeyStore = (path: string): KeyStore => {
  // Without overlapping sync a commit counts as done only when it is on the disk.
  const root = open<never, string>({ path, noSubdir: true, overlappingSync: false });
  const about = root.openDB<Uint8Array, string>('about', { encoding: 'binary' });
  const persons = root.openDB<PersonId, string>('persons', { encoding: 'string' });
  const records = root.openDB<PersonRecord, string>('records', { encoding: 'msgpack' });
  const add = async (person: PersonId, record: PersonRecord): Promise<PersonId> => {
    const { index } = record;
    const isNew = await durably(() =>
      persons.ifNoExists(index, () => {
        persons.put(index, person);
        records.put(person, record);
      }),
    );
    // Whoever was there first may have been forgotten since.
    return isNew ? person : (persons.get(index) ?? add(person, record));
  };
  return {
    check: () => about.get(CHECK),
    async setCheck(check) {
      await durably(() => about.put(CHECK, check));
    },
    find: (index) => persons.get(index),
    wrappedKey: (person) => records.get(person)?.wrappedKey,
    add,
    async remove(person) {
      const record = records.get(person);
      if (!record) return;
      await durably(() =>
        root.batch(() => {
          persons.remove(record.index);
          records.remove(person);
        }),
      );
    },
    close: () => root.close(),
  };
};
