import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
export const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** AES-256-GCM: the 96-bit `iv`, the ciphertext and the 128-bit tag, one after the other. */
export const encrypt = (
  key: KeyObject,
  iv: Uint8Array,
  plain: Uint8Array,
  associated: string,
): Buffer => {
  const cipher = createCipheriv(ALGORITHM, key, iv);
  cipher.setAAD(Buffer.from(associated));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** The plain bytes; undefined when key, bytes or associated text are not those of `encrypt`. */
export const decrypt = (
  key: KeyObject,
  sealed: Uint8Array,
  associated: string,
): Buffer | undefined => {
  if (sealed.length < IV_LENGTH + TAG_LENGTH) return;
  const iv = sealed.subarray(0, IV_LENGTH);
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_LENGTH });
  decipher.setAAD(Buffer.from(associated));
  decipher.setAuthTag(sealed.subarray(-TAG_LENGTH));
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(IV_LENGTH, -TAG_LENGTH)),
      decipher.final(),
    ]);
  } catch {
    return;
  }
};
