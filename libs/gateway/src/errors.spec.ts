import { ApolloServer } from '@apollo/server';
import { platformRejections } from '#lumbung/contracts';
import { Rejection, Unavailable } from '#lumbung/kernel';
import { errorFormatter, withStatus } from './errors.js';
import { scalars } from './scalars.js';

const SECRET = '3506990101900001';

/** What a resolver may meet. */
const FAILURES: Record<string, () => Error> = {
  rejection: () =>
    new Rejection('BALANCE_TOO_LOW', 'Saldo tidak cukup: tersedia Rp5.', { balance: 5 }),
  later: () => new Unavailable('TOO_BUSY', platformRejections.TOO_BUSY),
  bug: () => new TypeError(`cannot read ${SECRET} of undefined`),
};

const typeDefs = `
  scalar Rupiah
  scalar Date
  enum Kind { KTP }
  input File { kind: Kind!, nik: String! }
  type Query {
    take(amount: Rupiah!, on: Date): Rupiah
    named(name: String!): String
    filed(file: File!): String
    fails(how: String!): Int
    sure: Int!
  }`;

const serverFor = (isProduction: boolean) =>
  new ApolloServer({
    typeDefs,
    resolvers: {
      ...{ Rupiah: scalars.Rupiah, Date: scalars.Date },
      Query: {
        take: (_: unknown, { amount }: { amount: number }) => amount,
        named: () => null,
        fails: (_: unknown, { how }: { how: string }) => {
          throw FAILURES[how]?.();
        },
        sure: () => null,
      },
    },
    formatError: errorFormatter({ isProduction }),
    includeStacktraceInErrorResponses: false,
  });
const server = serverFor(true);
const inDevelopment = serverFor(false);
afterAll(() => Promise.all([server.stop(), inDevelopment.stop()]));

const answerTo = async (query: string, variables: Record<string, unknown> = {}) => {
  const { body } = await server.executeOperation({ query, variables });
  if (body.kind !== 'single') throw new Error('more than one answer');
  return JSON.parse(JSON.stringify(body.singleResult)) as {
    data?: unknown;
    errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[];
  };
};

const errorOf = async (query: string, variables?: Record<string, unknown>) => {
  const { errors = [] } = await answerTo(query, variables);
  expect(errors).toHaveLength(1);
  return errors[0];
};

const UNEXPECTED = { code: 'UNEXPECTED' };
const MALFORMED = { code: 'QUERY_MALFORMED' };

describe('what a service refuses', () => {
  it('keeps its code, its sentence, and what the sentence was made of', async () => {
    expect(await errorOf('{ fails(how: "rejection") }')).toEqual({
      message: 'Saldo tidak cukup: tersedia Rp5.',
      locations: expect.any(Array),
      path: ['fails'],
      extensions: { code: 'BALANCE_TOO_LOW', details: { balance: 5 } },
    });
  });

  it('for now keeps its code and sentence', async () => {
    const error = await errorOf('{ fails(how: "later") }');
    expect(error?.extensions).toEqual({ code: 'TOO_BUSY' });
    expect(error?.message).toBe(platformRejections.TOO_BUSY);
  });
});

describe('a bug', () => {
  it('is told as one, without its message, its stack or a value', async () => {
    const answer = await answerTo('{ fails(how: "bug") }');
    expect(answer.errors?.[0]).toMatchObject({
      message: platformRejections.UNEXPECTED,
      extensions: UNEXPECTED,
    });
    const text = JSON.stringify(answer);
    for (const secret of [SECRET, 'TypeError', 'stack', 'errors.spec']) {
      expect(text).not.toContain(secret);
    }
  });

  it('is an answer that a resolver owed', async () => {
    expect((await errorOf('{ sure }'))?.extensions).toEqual(UNEXPECTED);
  });
});

describe('a question that is malformed', () => {
  it.each([
    ['in its grammar', '{ take('],
    ['in its fields', '{ nothing }'],
    ['in its arguments', '{ take }'],
    ['in the name of its operation', 'query A { sure } query B { sure }'],
  ])('%s is refused in a sentence of ours', async (_, query) => {
    const error = await errorOf(query);
    expect(error?.extensions).toEqual(MALFORMED);
    expect(error?.message).toBe(platformRejections.QUERY_MALFORMED);
  });

  it('in the kind of a value is refused, and the value not repeated', async () => {
    const query = 'query ($name: String!) { named(name: $name) }';
    const error = await errorOf(query, { name: { nik: SECRET } });
    expect(error?.extensions).toEqual(MALFORMED);
    expect(JSON.stringify(error)).not.toContain(SECRET);
  });
});

describe('whoever writes a query, outside production,', () => {
  const reasonOf = async (query: string, variables: Record<string, unknown> = {}) => {
    const { body } = await inDevelopment.executeOperation({ query, variables });
    if (body.kind !== 'single') throw new Error('more than one answer');
    const [error] = JSON.parse(JSON.stringify(body.singleResult.errors ?? []));
    expect(error.extensions.code).toBe('QUERY_MALFORMED');
    expect(JSON.stringify(error)).not.toContain(SECRET);
    return error.extensions.reason;
  };
  const filed = 'query ($file: File!) { filed(file: $file) }';

  it('is told what GraphQL does not understand', async () => {
    expect(await reasonOf('{ nothing }')).toBe('Cannot query field "nothing" on type "Query".');
    expect(await reasonOf('{ take(')).toMatch(/^Syntax Error/);
    expect(await reasonOf(filed)).toBe(
      'Variable "$file" of required type "File!" was not provided.',
    );
  });

  it.each([
    [{ kind: 'KTP' }, 'file: Field "nik" of required type "String!" was not provided'],
    [{ kind: SECRET, nik: SECRET }, 'file.kind: not one of Kind'],
    [{ kind: 'KTP', nik: 3506990101900001 }, 'file.nik: not of its type'],
    [SECRET, 'file: not of its type'],
  ])('is told which part of a variable is wrong, but not its value', async (file, reason) => {
    expect(await reasonOf(filed, { file })).toBe(reason);
  });
});

describe('a value that is malformed', () => {
  const byVariable = 'query ($amount: Rupiah!) { take(amount: $amount) }';

  it.each([
    ['as a variable', byVariable, { amount: 1.5 }],
    ['as a literal', '{ take(amount: 1.5) }', {}],
  ])('%s is refused by its own code and sentence', async (_, query, variables) => {
    const error = await errorOf(query, variables);
    expect(error?.extensions).toEqual({ code: 'AMOUNT_NOT_WHOLE' });
    expect(error?.message).toBe(platformRejections.AMOUNT_NOT_WHOLE);
  });

  it('is not repeated', async () => {
    const error = await errorOf(byVariable, { amount: SECRET });
    expect(error?.extensions).toEqual({ code: 'AMOUNT_NOT_WHOLE' });
    expect(JSON.stringify(error)).not.toContain(SECRET);
  });

  it('is told beside others that are', async () => {
    const { errors } = await answerTo('{ take(amount: 1.5, on: "kemarin") }');
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([
      ...['AMOUNT_NOT_WHOLE', 'DATE_MALFORMED'],
    ]);
  });
});

it('a good question is answered', async () => {
  expect(await answerTo('{ take(amount: 20000, on: "2026-03-02") }')).toEqual({
    data: { take: 20_000 },
  });
});

describe('what a request itself is refused for', () => {
  it('is its sender’s mistake, by the code that it was refused with', async () => {
    const refused = withStatus(async () => {
      throw FAILURES.rejection?.();
    });
    const error = await refused().catch((thrown) => thrown);
    expect(error.extensions.http).toEqual({ status: 400 });
    const shown = errorFormatter({ isProduction: true })(error.toJSON(), error);
    expect(shown).toMatchObject({ extensions: { code: 'BALANCE_TOO_LOW' } });
    const bug = withStatus(async () => {
      throw FAILURES.bug?.();
    });
    await expect(bug()).rejects.toThrow(TypeError);
  });

  it('for now is an answer that a supervisor or a proxy tries again', async () => {
    const busy = withStatus(async () => {
      throw FAILURES.later?.();
    });
    const error = await busy().catch((thrown) => thrown);
    expect(error.extensions.http).toEqual({ status: 503 });
    const shown = errorFormatter({ isProduction: true })(error.toJSON(), error);
    expect(shown).toMatchObject({ extensions: { code: 'TOO_BUSY' } });
  });

  it('is nothing where it is taken', async () => {
    expect(await withStatus(async (name: string) => `hello ${name}`)('Siti')).toBe('hello Siti');
  });
});
