import { createHash } from 'node:crypto';
import { z } from 'zod';

export const MemberId = z.uuid('ID_MALFORMED').brand<'MemberId'>();
export type MemberId = z.infer<typeof MemberId>;

/** Minted by the vault; one person may be a member of several cooperatives. */
export const PersonId = z.uuid('ID_MALFORMED').brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

/** Chosen by whoever sends the command, once per act; a retry carries the same id. */
export const CommandId = z.uuid('COMMAND_ID_MALFORMED').brand<'CommandId'>();
export type CommandId = z.infer<typeof CommandId>;

/** A short account name; it is not a person's name. */
export const UserName = z
  .string()
  .regex(/^[a-z][a-z0-9.:-]{1,39}$/, 'USER_NAME_MALFORMED')
  .brand<'UserName'>();
export type UserName = z.infer<typeof UserName>;

// UUIDv5 (RFC 9562 §5.5) of the DNS name lumbung.id.
const NAMESPACE = Buffer.from('73c8b1a6ad835154bee1f8bf0d098b5b', 'hex');

/** A UUID of that version, of the first 16 bytes; writes version and variant into them. */
export const uuidFrom = (bytes: Buffer, version: 4 | 5): string => {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  const cut = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `${cut.join('-')}-${hex.slice(20)}`;
};

/** UUIDv5 (RFC 9562 §5.5) of the parts joined by `/`: the same parts give the same id anywhere. */
export const uuidOf = (...parts: (string | number)[]): string => {
  const hash = createHash('sha1').update(NAMESPACE).update(parts.join('/')).digest();
  return uuidFrom(hash, 5);
};
