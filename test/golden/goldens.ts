import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AnyEventDeclaration,
  CommandId,
  CooperativeCode,
  canonicalJson,
  Instant,
  type Metadata,
  PlainDate,
  type Recorded,
  RegencyCode,
  upcast,
  z,
} from '#lumbung/kernel';

/** A stored event of a version that was shipped, but for its position: positions change. */
export type Golden = { file: string; event: Omit<Recorded, 'position'> };

const StoredMetadata = z.strictObject({
  commandId: CommandId,
  commandHash: z.string(),
  issuedAt: Instant,
  correlationId: z.string(),
  causationId: z.string().optional(),
  actor: z.string(),
  role: z.string(),
  regency: RegencyCode,
  cooperative: CooperativeCode.optional(),
  recordedAt: Instant,
  businessDate: PlainDate,
  simulated: z.literal(true).optional(),
}) satisfies z.ZodType<Metadata>;

const Stored = z.strictObject({
  type: z.string(),
  version: z.int().min(1),
  stream: z.string(),
  revision: z.int().min(0),
  id: z.uuid(),
  data: z.unknown(),
  metadata: StoredMetadata,
});

const HERE = import.meta.dirname;

/** In the order in which they were recorded. */
export const goldens = async (): Promise<Golden[]> => {
  const files = (await readdir(HERE)).filter((file) => file.endsWith('.json'));
  const read = async (file: string) => ({
    file,
    event: JSON.parse(await readFile(join(HERE, file), 'utf8')) as Golden['event'],
  });
  const all = await Promise.all(files.map(read));
  const placeOf = ({ event: { metadata, stream, revision } }: Golden) =>
    `${metadata.recordedAt} ${stream} ${String(revision).padStart(9, '0')}`;
  return all.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
};

const fileOf = (type: string, version: number) => `${type}.v${version}.json`;

const whyUnread = (declaration: AnyEventDeclaration, { event }: Golden): string | undefined => {
  try {
    const latest = upcast(declaration, event.version, event.data);
    const parsed = declaration.schema.safeParse(latest);
    if (!parsed.success) return z.prettifyError(parsed.error);
    return canonicalJson(parsed.data) === canonicalJson(latest) ? undefined : 'it reads otherwise';
  } catch (error) {
    return String(error);
  }
};

const complaintsOn = (golden: Golden, declaration: AnyEventDeclaration | undefined): string[] => {
  const { file, event } = golden;
  const complaints: string[] = [];
  const envelope = Stored.safeParse(event);
  if (!envelope.success) {
    complaints.push(`${file} is not as it is stored: ${z.prettifyError(envelope.error)}`);
  }
  if (file !== fileOf(event.type, event.version)) complaints.push(`${file} holds another event`);
  if (!declaration || event.version > declaration.version) {
    return [...complaints, `${file} has no declaration`];
  }
  const reason = whyUnread(declaration, golden);
  return reason ? [...complaints, `${file} is no longer read: ${reason}`] : complaints;
};

/**
 * What is wrong between declarations and golden files: each shipped version has its file, each
 * file its declaration, and what was stored then is read now.
 */
export const complaints = (
  declarations: readonly AnyEventDeclaration[],
  files: readonly Golden[],
): string[] => {
  const byType = new Map(declarations.map((declaration) => [declaration.type, declaration]));
  const there = new Set(files.map(({ file }) => file));
  const missing = declarations.flatMap(({ type, version }) =>
    Array.from({ length: version }, (_, index) => fileOf(type, index + 1)),
  );
  return [
    ...missing.filter((file) => !there.has(file)).map((file) => `${file} is missing`),
    ...files.flatMap((golden) => complaintsOn(golden, byType.get(golden.event.type))),
  ];
};
