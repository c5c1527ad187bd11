import { ApolloServer } from '@apollo/server';
import { getIntrospectionQuery } from 'graphql';
import { platformRejections } from '#lumbung/contracts';
import { errorFormatter } from './errors.js';
import { typeDefs } from './generated/type-defs.js';
import { costLimit, limitingRules, parseOptions } from './limits.js';
import { scalars } from './scalars.js';

const server = new ApolloServer({
  ...{ typeDefs, resolvers: scalars, parseOptions, introspection: true },
  validationRules: limitingRules(),
  plugins: [costLimit()],
  formatError: errorFormatter({ isProduction: true }),
});

const codeOf = async (query: string, variables = {}): Promise<unknown> => {
  const { body, http } = await server.executeOperation({ query, variables });
  if (body.kind !== 'single') throw new TypeError('it was answered in parts');
  const [error] = body.singleResult.errors ?? [];
  // What is let through finds nobody here who would answer it.
  if (!error || error.path) return;
  expect(error.message).toBe(platformRejections.QUERY_TOO_COSTLY);
  expect(http.status).toBe(400);
  return error.extensions?.code;
};

const PAGE = `query ($first: Int!) { cooperatives(regency: "35.06", first: $first) {
  nodes { code name village memberCount simpananTotal lastEntryOn } } }`;
const REGISTER = `query ($first: Int!) { cooperative(code: "35.06.17.1009") {
  members(first: $first) { totalCount nodes { number name status
    simpanan { pokok wajib sukarela unpaidMonths(through: "2026-11") } } } } }`;
const REGISTERS = `query ($first: Int!) { cooperatives(regency: "35.06", first: $first) {
  nodes { members(first: $first) { nodes { name simpanan { pokok } } } } } }`;

describe('a query', () => {
  it.each([
    ['a page of all cooperatives', PAGE, 500],
    ['a register of 500 members', REGISTER, 500],
    ['ten members of ten cooperatives', REGISTERS, 10],
    ['the schema itself', getIntrospectionQuery(), 0],
  ])('for %s is answered', async (_, query, first) => {
    expect(await codeOf(query, { first })).toBeUndefined();
  });

  it.each([
    ['the registers of all cooperatives', REGISTERS, { first: 500 }],
    ['a page without an end', PAGE, { first: 20_000 }],
  ])('for %s is refused before anything is read', async (_, query, variables) => {
    expect(await codeOf(query, variables)).toBe('QUERY_TOO_COSTLY');
  });

  it('under many names is refused', async () => {
    const named = (count: number) =>
      `{ ${Array.from({ length: count }, (_, at) => `a${at}: me { name }`).join(' ')} }`;
    expect(await codeOf(named(30))).toBeUndefined();
    expect(await codeOf(named(31))).toBe('QUERY_TOO_COSTLY');
  });

  it('that goes deep is refused, also by way of fragments', async () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'name' : `districts { ${deep(levels - 1)} }`;
    const region = (levels: number) => `{ regency(code: "35.06") { ${deep(levels)} } }`;
    expect(await codeOf(region(1))).toBeUndefined();
    expect(await codeOf(region(12))).toBe('QUERY_TOO_COSTLY');
    const nested = `{ ...a } fragment a on Query { cooperative(code: "35.06.17.1009") { ...b } }
      fragment b on Cooperative { members(first: 1) { nodes { ...c } } }
      fragment c on Member { simpanan { pokok } }`;
    expect(await codeOf(nested)).toBeUndefined();
  });

  it('of many words is refused before it is understood', async () => {
    expect(await codeOf(`{ me { ${'name '.repeat(2_000)} } }`)).toBe('QUERY_TOO_COSTLY');
  });

  it('of many directives is refused', async () => {
    const skipped = 'name @skip(if: false) '.repeat(21);
    expect(await codeOf(`{ me { ${skipped} } }`)).toBe('QUERY_TOO_COSTLY');
  });

  it('with a variable that is wrong is malformed, and no bug', async () => {
    for (const variables of [{}, { first: 'ten' }]) {
      const { body, http } = await server.executeOperation({ query: PAGE, variables });
      expect(JSON.stringify(body)).toContain('QUERY_MALFORMED');
      expect(http.status ?? 200).toBeLessThan(500);
    }
  });

  it('is refused by what it asks for, whatever operation stands beside it', async () => {
    const both = `query small { me { name } } ${REGISTERS.replace('query', 'query large')}`;
    const { body } = await server.executeOperation({
      ...{ query: both, operationName: 'large', variables: { first: 500 } },
    });
    expect(JSON.stringify(body)).toContain('QUERY_TOO_COSTLY');
  });
});
