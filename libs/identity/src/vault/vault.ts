import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { type PersonId, type Platform, type Random, type Sealed, uuidFrom } from '#lumbung/kernel';
import { decrypt, encrypt, IV_LENGTH } from './cipher.js';
import { boundTo, enclose, unclose } from './envelope.js';
import { VaultError } from './errors.js';
import { KeyCache } from './key-cache.js';
import type { KeyStore } from './key-store.js';
import { lmdbKeyStore } from './lmdb.js';
import { deriveKeys, KEY_LENGTH, masterKey, type VaultKeys } from './master-key.js';
import { memoryKeyStore } from './memory.js';

const CACHED_KEYS = 10_000;

const hmac = (key: KeyObject, text: string) =>
  createHmac('sha256', key).update(text).digest('base64url');

/** UUIDv4 (RFC 9562 §5.4). */
const randomUuid = (random: Random): string => uuidFrom(Buffer.from(random.bytes(16)), 4);

/**
 * Seals personal values under a key per person, so that forgetting the key forgets the person
 * wherever the ciphertext has gone. Everything secret is a private field: printing or
 * serialising a vault shows nothing. All but `close` throw `VaultError` VAULT_CLOSED afterwards.
 */
export class Vault {
  readonly #store: KeyStore;
  readonly #keys: VaultKeys;
  readonly #random: Random;
  readonly #unwrapped = new KeyCache(CACHED_KEYS);
  readonly #minting = new Map<string, Promise<PersonId>>();
  #closed = false;

  constructor(store: KeyStore, keys: VaultKeys, random: Random) {
    this.#store = store;
    this.#keys = keys;
    this.#random = random;
  }

  /** Keyed hash (HMAC-SHA256, base64url): equal texts are seen to be equal, and no more. */
  hash(text: string): string {
    this.#mustBeOpen();
    return hmac(this.#keys.hashing, text);
  }

  /**
   * The person with this NIK, minted when there is none; his key is durable before this resolves.
   * Throws `Unavailable` when it cannot be written.
   */
  async personOf(nik: string): Promise<PersonId> {
    this.#mustBeOpen();
    const index = hmac(this.#keys.pepper, nik);
    const known = this.#store.find(index) ?? this.#minting.get(index);
    if (known) return known;
    const minting = this.#mint(index).finally(() => this.#minting.delete(index));
    this.#minting.set(index, minting);
    return minting;
  }

  /** The person with this NIK, if he was ever minted and not forgotten. */
  async find(nik: string): Promise<PersonId | undefined> {
    this.#mustBeOpen();
    return this.#store.find(hmac(this.#keys.pepper, nik));
  }

  /** Ciphertext of each field, by its name. Throws `VaultError` PERSON_UNKNOWN. */
  async seal<Field extends string>(
    person: PersonId,
    fields: Readonly<Record<Field, string>>,
  ): Promise<Record<Field, Sealed>> {
    this.#mustBeOpen();
    const key = this.#keyOf(person);
    if (!key) throw new VaultError('PERSON_UNKNOWN');
    const sealed = {} as Record<Field, Sealed>;
    for (const field in fields) {
      const iv = this.#random.bytes(IV_LENGTH);
      const bytes = encrypt(key, iv, Buffer.from(fields[field]), boundTo(person, field));
      sealed[field] = enclose({ person, bytes });
    }
    return sealed;
  }

  /**
   * What was sealed as `field`; undefined when its person was forgotten. Throws `VaultError`
   * SEALED_TAMPERED when it is not as it was sealed, in this field, for this person.
   */
  async open(field: string, sealed: Sealed): Promise<string | undefined> {
    this.#mustBeOpen();
    return this.#open(field, sealed);
  }

  /** As `open`, in the order of `sealed`. */
  async openAll(field: string, sealed: readonly Sealed[]): Promise<(string | undefined)[]> {
    this.#mustBeOpen();
    return sealed.map((one) => this.#open(field, one));
  }

  /** Destroys the person's key: what was sealed for him never opens again. */
  async forget(person: PersonId): Promise<void> {
    this.#mustBeOpen();
    await this.#store.remove(person);
    this.#unwrapped.delete(person);
  }

  /** Waits for keys that are being written. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#minting.values());
    this.#unwrapped.clear();
    await this.#store.close();
  }

  async #mint(index: string): Promise<PersonId> {
    const person = randomUuid(this.#random) as PersonId;
    const [key, iv] = [this.#random.bytes(KEY_LENGTH), this.#random.bytes(IV_LENGTH)];
    const wrappedKey = encrypt(this.#keys.wrapping, iv, key, person);
    return this.#store.add(person, { index, wrappedKey });
  }

  #keyOf(person: PersonId): KeyObject | undefined {
    const cached = this.#unwrapped.get(person);
    if (cached) return cached;
    const wrapped = this.#store.wrappedKey(person);
    if (!wrapped) return;
    const bytes = decrypt(this.#keys.wrapping, wrapped, person);
    if (!bytes) throw new VaultError('PERSON_KEY_DAMAGED');
    const key = createSecretKey(bytes);
    this.#unwrapped.set(person, key);
    return key;
  }

  #open(field: string, sealed: Sealed): string | undefined {
    const { person, bytes } = unclose(sealed);
    const key = this.#keyOf(person);
    if (!key) return;
    const plain = decrypt(key, bytes, boundTo(person, field));
    if (!plain) throw new VaultError('SEALED_TAMPERED');
    return plain.toString();
  }

  #mustBeOpen() {
    if (this.#closed) throw new VaultError('VAULT_CLOSED');
  }
}

export type VaultOptions = { folder: string; masterKeyFile: string; platform: Platform };

const openStore = async (folder: string, { files }: Platform) => {
  try {
    await files.makeFolder(folder);
    return lmdbKeyStore(join(folder, 'keys.lmdb'));
  } catch (cause) {
    throw new VaultError('VAULT_CANNOT_OPEN', { place: folder, cause });
  }
};

/**
 * Opens or creates the vault in `folder`. Throws `VaultError` when the folder cannot be used or
 * the master key's file is not to be trusted.
 */
export const openVault = async ({
  folder,
  masterKeyFile,
  platform,
}: VaultOptions): Promise<Vault> => {
  const store = await openStore(folder, platform);
  try {
    const check = store.check();
    const keys = deriveKeys(await masterKey(masterKeyFile, platform, check === undefined));
    if (check === undefined) await store.setCheck(keys.check);
    else if (!Buffer.from(check).equals(keys.check)) {
      throw new VaultError('MASTER_KEY_DIFFERS', { place: masterKeyFile });
    }
    return new Vault(store, keys, platform.random);
  } catch (error) {
    await store.close();
    throw error;
  }
};

const elsewhere = () =>
  Promise.reject(new TypeError('the keys of persons are not in this process'));

/**
 * The keyed hash of a vault alone, for a process that holds no keys of persons. Throws
 * `VaultError` as `openVault` does.
 */
export const openHashing = async ({ masterKeyFile, platform }: Omit<VaultOptions, 'folder'>) => {
  const { hashing } = deriveKeys(await masterKey(masterKeyFile, platform, true));
  return { hash: (text: string) => hmac(hashing, text), personOf: elsewhere, seal: elsewhere };
};

/** A vault that forgets everything with its process; its master key comes from `random`. */
export const memoryVault = ({ random }: Pick<Platform, 'random'>): Vault =>
  new Vault(memoryKeyStore(), deriveKeys(random.bytes(KEY_LENGTH)), random);
