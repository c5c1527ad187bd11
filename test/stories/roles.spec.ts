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

type Samples = Record<string, unknown>;

/** Input that passes the schema; what it would do is not the question here. */
const sampleOf = (type: GraphQLInputType, samples: Samples): unknown => {
  if (isNonNullType(type)) return sampleOf(type.ofType, samples);
  if (isListType(type)) return [sampleOf(type.ofType, samples)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(fields.map((field) => [field.name, sampleOf(field.type, samples)]));
  }
  return type.name === 'Instant' ? new Date().toISOString() : samples[type.name];
};

/** The code with which a mutation that somebody sends is refused, if it is. */
const codeOf = async (
  { post }: Server,
  name: string,
  user = 'pengurus',
  samples: Samples = SAMPLES,
): Promise<string | undefined> => {
  const [input] = mutations.find((mutation) => mutation.name === name)?.args ?? [];
  const query = `mutation ($input: ${input?.type}) { ${name}(input: $input) { position } }`;
  const variables = { input: input && sampleOf(input.type, samples) };
  const { errors } = await post(query, variables, user);
  return errors?.[0]?.extensions.code;
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

  it.each(Object.entries(PERMITTED))('of %s may send what is its own', async (role, permitted) => {
    const may: string[] = [];
    for (const name of ALL) {
      const code = await codeOf(server, name, role);
      expect(code).not.toBe('QUERY_MALFORMED');
      if (code !== 'NOT_PERMITTED') may.push(name);
    }
    expect(may).toEqual(permitted);
  });

  it('that nobody holds is nobody', async () => {
    expect(await codeOf(server, 'closeMonth', 'stranger')).toBe('USER_UNKNOWN');
  });
});

// No village of the regency has this code.
const OF_NOBODY = { ...SAMPLES, VillageCode: '35.06.17.9999' };

const REFUSED: Record<string, string> = {
  addUser: 'USER_NAME_MALFORMED',
  admitMember: 'VILLAGE_UNKNOWN',
  closeMonth: 'NOTHING_TO_CLOSE',
  collectWajib: 'TERMS_NOT_SET',
  depositSimpanan: 'MONTH_NOT_FOR_THIS_KIND',
  endRole: 'USER_NAME_MALFORMED',
  grantRole: 'USER_NAME_MALFORMED',
  openUsp: 'COOPERATIVE_UNKNOWN',
  payResigned: 'NO_SUCH_MEMBER',
  registerCooperative: 'VILLAGE_UNKNOWN',
  resignMember: 'MEMBER_UNKNOWN',
  setSimpananPolicy: 'COOPERATIVE_UNKNOWN',
  withdrawSimpanan: 'NO_SUCH_MEMBER',
};

describe('a cooperative that nobody registered', () => {
  it('is refused by every mutation, by a code, and nothing is written', async () => {
    const folder = await newFolder();
    const server = await serve(folder, ['--empty']);
    const written = async () => JSON.parse((await run(folder, 'verify', '--json')).stdout).events;
    const before = await written();
    expect(before).toBeGreaterThan(0);
    const refused: Record<string, string | undefined> = {};
    for (const name of ALL) {
      const samples = { ...OF_NOBODY, ID: randomUUID() };
      refused[name] = await codeOf(server, name, 'pengurus', samples);
    }
    expect(refused).toEqual(REFUSED);
    expect(await written()).toBe(before);
  });
});
