import { PersonId, type Sealed } from '#lumbung/kernel';
import { VaultError } from './errors.js';

const VERSION = 's1';

export type Envelope = { person: PersonId; bytes: Buffer };

/** What the ciphertext is bound to, so that it opens nowhere but in its own field and person. */
export const boundTo = (person: PersonId, field: string): string => `${VERSION}.${person}.${field}`;

/** `s1.<person>.<base64url of iv, ciphertext and tag>`. */
export const enclose = ({ person, bytes }: Envelope): Sealed =>
  `${VERSION}.${person}.${bytes.toString('base64url')}` as Sealed;

/** Throws `VaultError` for what `enclose` did not write. */
export const unclose = (sealed: string): Envelope => {
  const [version, name, text, ...rest] = sealed.split('.');
  if (version !== VERSION && /^s\d+$/.test(version ?? '')) {
    throw new VaultError('SEALED_VERSION_UNKNOWN');
  }
  const person = PersonId.safeParse(name);
  const bytes = Buffer.from(text ?? '', 'base64url');
  // Node skips letters that are not base64url, and the last letter may carry loose bits.
  const exact = bytes.toString('base64url') === text;
  if (version !== VERSION || !person.success || !exact || rest.length > 0) {
    throw new VaultError('SEALED_TAMPERED');
  }
  return { person: person.data, bytes };
};
