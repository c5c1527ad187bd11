import type { Metadata } from '#lumbung/kernel';

// Where a store knows types without versions, ours travel as the first key of an event's metadata.

type Fields = Readonly<Record<string, unknown>>;

const isVersion = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 1;

/** The version that metadata carry; 0 where another program wrote them. */
export const versionIn = (fields: Fields): number => {
  const { version } = fields;
  return Object.keys(fields)[0] === 'version' && isVersion(version) ? version : 0;
};

/** What metadata are without the version that they carry, and that version. */
export const withoutVersion = (fields: Fields): { version: number; metadata: Metadata } => {
  const version = versionIn(fields);
  const { version: _, ...rest } = fields;
  return { version, metadata: (version === 0 ? fields : rest) as Metadata };
};
