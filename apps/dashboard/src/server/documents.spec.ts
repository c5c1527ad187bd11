import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, type DocumentNode, validate } from 'graphql';

const filesIn = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

const sdl = filesIn(resolve('libs/gateway/src'), '.graphql').map((file) =>
  readFileSync(file, 'utf8'),
);
const schema = buildSchema(sdl.join('\n'));
const files = filesIn(resolve('apps/dashboard/src'), 'queries.ts');

const isDocument = (value: unknown): value is DocumentNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Document';

describe('what the page asks', () => {
  it.each(files)('is in the schema: %s', async (file) => {
    const exported: Record<string, unknown> = await import(file);
    const documents = Object.values(exported).filter(isDocument);
    expect(documents).not.toHaveLength(0);
    for (const document of documents) expect(validate(schema, document)).toEqual([]);
  });

  it('is asked in every folder that has questions', () => {
    expect(files.length).toBeGreaterThanOrEqual(6);
  });
});
