import { GraphQLError, parseValue } from 'graphql';
import { scalars } from './scalars.js';

type Name = keyof typeof scalars;

const asVariable = (name: Name, value: unknown) => scalars[name].parseValue(value);
const asLiteral = (name: Name, text: string) => scalars[name].parseLiteral(parseValue(text));

const refusalOf = (parsing: () => unknown): GraphQLError => {
  try {
    parsing();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('Rupiah', () => {
  it.each([0, 1, -20_000, 2_147_483_648, 9_007_199_254_740_991])('takes %d', (amount) => {
    expect(asVariable('Rupiah', amount)).toBe(amount);
    expect(asLiteral('Rupiah', String(amount))).toBe(amount);
  });

  it.each([1.5, 2 ** 53, -(2 ** 53), Number.NaN, '20000', '', true, null, undefined, [1], {}])(
    'refuses %p',
    (amount) => {
      const { extensions, message } = refusalOf(() => asVariable('Rupiah', amount));
      expect(extensions).toEqual({ code: 'AMOUNT_NOT_WHOLE' });
      expect(message).toBe('Jumlah harus rupiah bulat, tanpa sen.');
    },
  );

  it.each([
    ...['1.5', '1.00000000000000000001', '9007199254740990.5', '9007199254740992', '1e3'],
    ...['"20000"', 'true', '[1]', '{ rp: 1 }', 'SERIBU'],
  ])('refuses the literal %s', (text) => {
    expect(refusalOf(() => asLiteral('Rupiah', text)).extensions.code).toBe('AMOUNT_NOT_WHOLE');
  });
});

type Row = [Exclude<Name, 'Rupiah'>, string, string[], string];

describe.each<Row>([
  ['Date', '2024-02-29', ['2026-02-29', '2026-2-1', '02/03/2026', '0026-03-02'], 'DATE_MALFORMED'],
  ['Month', '2026-12', ['2026-13', '2026-1', '2026-03-02', 'Maret'], 'MONTH_MALFORMED'],
  [
    'Instant',
    '2026-03-02T02:00:00.000Z',
    ['2026-03-02T02:00:00Z', '2026-03-02T09:00:00.000+07:00', '2026-03-02', '1772416800000'],
    'INSTANT_MALFORMED',
  ],
  [
    'VillageCode',
    '35.06.17.1009',
    ['35.06', '3506171009', '35.06.17.109', 'Pare', '35.06.17.1009 '],
    'VILLAGE_CODE_MALFORMED',
  ],
])('%s', (name, good, bad, code) => {
  it(`takes ${good}`, () => {
    expect(asVariable(name, good)).toBe(good);
    expect(asLiteral(name, JSON.stringify(good))).toBe(good);
  });

  it.each(bad)('refuses "%s"', (text) => {
    expect(refusalOf(() => asVariable(name, text)).extensions).toEqual({ code });
    expect(refusalOf(() => asLiteral(name, JSON.stringify(text))).extensions).toEqual({ code });
  });

  it.each(['20260302', 'true', '[]', '{}'])('refuses the literal %s', (text) => {
    expect(refusalOf(() => asLiteral(name, text)).extensions).toEqual({ code });
  });

  it('is answered as it is kept', () => {
    expect(scalars[name].serialize(good)).toBe(good);
  });
});
