import type { KeyObject } from 'node:crypto';
import type { PersonId } from '#lumbung/kernel';

/** Keeps the `capacity` keys that were used last. */
export class KeyCache {
  readonly #keys = new Map<PersonId, KeyObject>();

  constructor(readonly capacity: number) {}

  get(person: PersonId): KeyObject | undefined {
    const key = this.#keys.get(person);
    if (key) this.set(person, key);
    return key;
  }

  set(person: PersonId, key: KeyObject): void {
    this.#keys.delete(person);
    this.#keys.set(person, key);
    if (this.#keys.size <= this.capacity) return;
    for (const oldest of this.#keys.keys()) {
      this.#keys.delete(oldest);
      return;
    }
  }

  delete(person: PersonId): void {
    this.#keys.delete(person);
  }

  clear(): void {
    this.#keys.clear();
  }
}
