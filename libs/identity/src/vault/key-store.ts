import type { PersonId } from '#lumbung/kernel';

/** A person's key as it is kept, and the blind index (keyed hash of the NIK) that finds him. */
export type PersonRecord = { index: string; wrappedKey: Uint8Array };

/** Where wrapped keys live, apart from the log. What a promise has resolved for is durable. */
export interface KeyStore {
  /** Shows which master key this store belongs to; undefined in a new store. */
  check(): Uint8Array | undefined;
  setCheck(check: Uint8Array): Promise<void>;

  find(index: string): PersonId | undefined;
  wrappedKey(person: PersonId): Uint8Array | undefined;

  /** Adds the person unless the index is taken; answers the person that the index stands for. */
  add(person: PersonId, record: PersonRecord): Promise<PersonId>;
  /** Removes the key and its index; harmless when there is none. */
  remove(person: PersonId): Promise<void>;

  close(): Promise<void>;
}
