import type { PersonId } from '#lumbung/kernel';
import type { KeyStore, PersonRecord } from './key-store.js';

export const memoryKeyStore = (): KeyStore => {
  const persons = new Map<string, PersonId>();
  const records = new Map<PersonId, PersonRecord>();
  let check: Uint8Array | undefined;
  return {
    check: () => check,
    async setCheck(value) {
      check = value;
    },
    find: (index) => persons.get(index),
    wrappedKey: (person) => records.get(person)?.wrappedKey,
    async add(person, record) {
      const earlier = persons.get(record.index);
      if (earlier) return earlier;
      persons.set(record.index, person);
      records.set(person, record);
      return person;
    },
    async remove(person) {
      const record = records.get(person);
      if (record) persons.delete(record.index);
      records.delete(person);
    },
    close: () => Promise.resolve(),
  };
};
