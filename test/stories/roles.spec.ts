import { randomUUID } from 'node:crypto';
import {
  buildSchema,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { readTree } from '../tidy/tree.js';
import { run, type Server, stage } from './lumbung.js';
import { nikOf, PARE } from './villagers.js';

const { newFolder, serve } = stage();

const sdl = (await readTree()).filter(({ path }) => path.endsWith('.graphql'));
const schema = buildSchema(sdl.map(({ text }) => text).join('\n'));
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

const SAMPLES: Record<string, unknown> = {
  ID: randomUUID(),
  Boolean: false,
  String: nikOf(0),
  Rupiah: 1_000,
  Date: '2026-01-31',
  Month: '2026-01',
  VillageCode: PARE,
};

/** Input that passes the schema; what it would do is not the question here. */
const sampleOf = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(fields.map((field) => [field.name, sampleOf(field.type)]));
  }
  return type.name === 'Instant' ? new Date().toISOString() : SAMPLES[type.name];
};

const OF_A_CASHIER = [
  'admitMember',
  'collectWajib',
  'depositSimpanan',
  'payResigned',
  'withdrawSimpanan',
];
const ALL = mutations.map(({ name }) => name).sort();

const PERMITTED: Record<string, string[]> = {
  pengurus: ALL,
  kasir: OF_A_CASHIER,
  pengawas: [],
  petugas: [],
  auditor: [],
};

describe('a role', () => {
  let server: Server;

  beforeAll(async () => {
    const folder = await newFolder();
    server = await serve(folder, ['--empty']);
    for (const role of Object.keys(PERMITTED)) {
      if (role !== 'pengurus') await run(folder, 'user', 'add', role, '--role', role);
    }
  });

  const codeOf = async (name: string, user: string): Promise<string | undefined> => {
    const field = mutations.find((mutation) => mutation.name === name);
    const [input] = field?.args ?? [];
    const query = `mutation ($input: ${input?.type}) { ${name}(input: $input) { position } }`;
    const variables = { input: input && sampleOf(input.type) };
    const { errors } = await server.post(query, variables, user);
    return errors?.[0]?.extensions.code;
  };

  it.each(Object.entries(PERMITTED))('of %s may send what is its own', async (role, permitted) => {
    const may: string[] = [];
    for (const name of ALL) {
      const code = await codeOf(name, role);
      expect(code).not.toBe('QUERY_MALFORMED');
      if (code !== 'NOT_PERMITTED') may.push(name);
    }
    expect(may).toEqual(permitted);
  });

  it('that nobody holds is nobody', async () => {
    expect(await codeOf('closeMonth', 'stranger')).toBe('USER_UNKNOWN');
  });
});
