import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { platform as system } from 'node:os';
import { dirname } from 'node:path';
import type { Platform } from '#lumbung/kernel';
import { VaultError } from './errors.js';

export const KEY_LENGTH = 32;
const GROUP_AND_OTHERS = 0o077;

/** All that is derived from the master key, each by its own HKDF-SHA256 label (RFC 5869). */
export type VaultKeys = {
  wrapping: KeyObject;
  pepper: KeyObject;
  hashing: KeyObject;
  /** Tells this master key from another without giving it away. */
  check: Uint8Array;
};

export const deriveKeys = (master: Uint8Array): VaultKeys => {
  const derive = (label: string) =>
    new Uint8Array(hkdfSync('sha256', master, '', `lumbung vault 1 ${label}`, KEY_LENGTH));
  return {
    wrapping: createSecretKey(derive('wrapping')),
    pepper: createSecretKey(derive('pepper')),
    hashing: createSecretKey(derive('hashing')),
    check: derive('check'),
  };
};

const create = async (file: string, { files, random }: Platform) => {
  const master = random.bytes(KEY_LENGTH);
  await files.makeFolder(dirname(file));
  await files.createSecret(file, master);
  return master;
};

/**
 * The 32 bytes of the master key. Only a vault that has never been used gets a new one. Throws
 * `VaultError`.
 */
export const masterKey = async (
  file: string,
  platform: Platform,
  isNew: boolean,
): Promise<Uint8Array> => {
  const master = await platform.files.read(file);
  if (!master) {
    if (!isNew) throw new VaultError('MASTER_KEY_MISSING', { place: file });
    return create(file, platform);
  }
  const { mode } = await stat(file);
  // Windows keeps no such bits: there every file looks open to all.
  if (mode & GROUP_AND_OTHERS && system() !== 'win32') {
    throw new VaultError('MASTER_KEY_READABLE_BY_OTHERS', { place: file });
  }
  if (master.length !== KEY_LENGTH) {
    throw new VaultError('MASTER_KEY_LENGTH_WRONG', { place: file });
  }
  return master;
};
