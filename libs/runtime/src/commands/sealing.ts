import type { AnySent, CommandDeclaration, PersonId, Sealed } from '#lumbung/kernel';

/** What the command runner asks of the vault of personal data. */
export type Sealing = {
  /** A keyed hash, so that a stored one tells nothing of what was hashed. */
  hash(text: string): string;
  /** The person whom an identifying value names; made when there is none yet. */
  personOf(identity: string): Promise<PersonId>;
  seal(person: PersonId, fields: Record<string, string>): Promise<Record<string, Sealed>>;
};

/** The command as deciders see it: personal fields as ciphertext, and whose they are. */
export const sealed = async (
  sealing: Sealing,
  { personal }: CommandDeclaration,
  command: AnySent,
): Promise<{ type: string; data: unknown }> => {
  const { identifies, describes } = personal;
  if (identifies === undefined && describes.length === 0) {
    return { type: command.type, data: command.data };
  }
  const data = { ...(command.data as Record<string, string>) };
  const named = identifies === undefined ? data.person : data[identifies];
  if (!named) throw new TypeError(`${command.type} has personal fields but names nobody`);
  const person = identifies === undefined ? (named as PersonId) : await sealing.personOf(named);
  const names = identifies === undefined ? describes : [identifies, ...describes];
  const clear: Record<string, string> = {};
  for (const name of names) if (data[name] !== undefined) clear[name] = data[name];
  return { type: command.type, data: { ...data, ...(await sealing.seal(person, clear)), person } };
};
