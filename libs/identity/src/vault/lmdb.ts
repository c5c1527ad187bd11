import { open } from 'lmdb';
import { type PersonId, Unavailable } from '#lumbung/kernel';
import type { KeyStore, PersonRecord } from './key-store.js';

const CHECK = 'check';

// A promise hangs on the error of a failed commit too; unheard, it would end the process.
const durably = async (write: Promise<unknown>) => {
  try {
    await write;
  } catch (cause) {
    const { commitError } = cause as { commitError?: Promise<never> };
    commitError?.catch(() => undefined);
    const sentence =
      'Brankas data pribadi tidak dapat ditulis. Periksa ruang disk, lalu coba lagi.';
    throw Object.assign(new Unavailable('VAULT_UNAVAILABLE', sentence), { cause });
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
    let added: Promise<boolean> | undefined;
    // Outside a batch of its own, a failed condition leaves a commit to which nobody listens.
    const committed = root.batch(() => {
      added = persons.ifNoExists(index, () => {
        void persons.put(index, person);
        void records.put(person, record);
      });
    });
    await durably(Promise.all([committed, added]));
    // Whoever was there first may have been forgotten since.
    return (await added) ? person : (persons.get(index) ?? add(person, record));
  };
  return {
    check: () => about.get(CHECK),
    async setCheck(check) {
      await durably(about.put(CHECK, check));
    },
    find: (index) => persons.get(index),
    wrappedKey: (person) => records.get(person)?.wrappedKey,
    add,
    async remove(person) {
      const record = records.get(person);
      if (!record) return;
      await durably(
        root.batch(() => {
          void persons.remove(record.index);
          void records.remove(person);
        }),
      );
    },
    close: () => root.close(),
  };
};
