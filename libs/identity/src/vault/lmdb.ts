import { open } from 'lmdb';
import { platformRejections } from '#lumbung/contracts';
import { type PersonId, Unavailable } from '#lumbung/kernel';
import type { KeyStore, PersonRecord } from './key-store.js';

const CHECK = 'check';

const unavailable = () =>
  new Unavailable('VAULT_UNAVAILABLE', platformRejections.VAULT_UNAVAILABLE);

// lmdb tells the reason of a failed commit by a promise on its error; left unheard, it would end
// the process.
const reasonOf = async (error: { commitError?: Promise<never> }): Promise<unknown> => {
  try {
    await error.commitError;
    return error;
  } catch (reason) {
    return reason;
  }
};

/**
 * Opens or creates the store in the file `path`. Writes share commits; one that fails is
 * `Unavailable`.
 */
export const lmdbKeyStore = (path: string): KeyStore => {
  const root = open<never, string>({
    path,
    noSubdir: true,
    // Otherwise a write would resolve when it is visible, before it is synced.
    overlappingSync: false,
    // Otherwise a failed commit would also reject a promise that nobody can reach.
    eventTurnBatching: false,
  });
  const about = root.openDB<Uint8Array, string>('about', { encoding: 'binary' });
  const persons = root.openDB<PersonId, string>('persons', { encoding: 'string' });
  const records = root.openDB<PersonRecord, string>('records', { encoding: 'msgpack' });

  // A single put that fails on a full disk can bring lmdb 3.5 down; a transaction cannot.
  const durably = async <T>(write: () => T): Promise<T> => {
    try {
      return await root.transaction(write);
    } catch (error) {
      const cause = await reasonOf(error as { commitError?: Promise<never> });
      throw Object.assign(unavailable(), { cause });
    }
  };

  return {
    check: () => about.get(CHECK),
    setCheck: (check) => durably(() => about.putSync(CHECK, check)),
    find: (index) => persons.get(index),
    wrappedKey: (person) => records.get(person)?.wrappedKey,
    add: (person, record) =>
      durably(() => {
        const earlier = persons.get(record.index);
        if (earlier) return earlier;
        persons.putSync(record.index, person);
        records.putSync(person, record);
        return person;
      }),
    remove: (person) =>
      durably(() => {
        const record = records.get(person);
        if (record) persons.removeSync(record.index);
        records.removeSync(person);
      }),
    close: () => root.close(),
  };
};
