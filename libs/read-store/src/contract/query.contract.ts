import {
  type Collection,
  type Document,
  type Query,
  type ReadStore,
  UnservedQuery,
} from '../port.js';

const COOPERATIVES: Collection = {
  name: 'cooperatives@1',
  indexes: {
    byName: ['regency', 'name'],
    byTotal: ['regency', 'started', 'total'],
    byValue: ['value'],
    all: [],
  },
};

type Cooperative = { regency: string; name: string; started: boolean; total: number };

const cooperative = (name: string, total: number, regency = '35.06'): Cooperative => ({
  regency,
  name,
  started: total > 0,
  total,
});

// The order that values have: numbers, texts by code point, false, true.
const VALUES = [
  -1e300,
  -2,
  -1 - Number.EPSILON,
  -1,
  -0.5,
  0,
  5e-324,
  0.5,
  1,
  2,
  10,
  2 ** 53 - 1,
  1e300,
  '',
  '\0',
  '\0a',
  '\u0001',
  '\u0001\u0001',
  ' ',
  '10',
  '9',
  'A',
  'a',
  'a\0',
  'a\0b',
  'a\u0001',
  'a ',
  'aa',
  'b',
  'é',
  'ꦥ',
  '\uffee',
  '🌾',
  false,
  true,
];

export const queryContract = (store: () => ReadStore) => {
  const write = (documents: Record<string, Document>, collection = COOPERATIVES) =>
    store().put(
      Object.entries(documents).map(([key, document]) => ({
        collection,
        key,
        document,
        position: '1',
      })),
      {},
    );

  const keysOf = async (query: Partial<Query>) => {
    const entries = await store().query(COOPERATIVES, { index: 'all', limit: 100, ...query });
    return entries.map(({ key }) => key);
  };

  describe('query', () => {
    const fill = () =>
      write({
        a: cooperative('Wates', 300),
        b: cooperative('Gurah', 0),
        c: cooperative('Pare', 100),
        d: cooperative('Pagu', 100),
        e: cooperative('Wates', 20),
        f: cooperative('Blitar', 100, '35.05'),
        g: { regency: '35.06' },
      });

    it.each<[Partial<Query>, string]>([
      [{ index: 'all' }, 'abcdefg'],
      [{ index: 'all', reverse: true, limit: 2 }, 'gf'],
      [{ index: 'all', range: { from: 'c', to: 'e' } }, 'cde'],
      [{ index: 'all', range: { from: 'c', to: 'e' }, reverse: true }, 'edc'],
      [{ index: 'byName' }, 'fbdcae'],
      [{ index: 'byName', equals: { regency: '35.06' } }, 'bdcae'],
      [{ index: 'byName', equals: { regency: '35' } }, ''],
      [{ index: 'byName', equals: { regency: '35.06' }, reverse: true }, 'eacdb'],
      [{ index: 'byName', equals: { regency: '35.06' }, range: { prefix: 'P' } }, 'dc'],
      [{ index: 'byName', equals: { regency: '35.06' }, range: { from: 'Pare' } }, 'cae'],
      [{ index: 'byName', equals: { regency: '35.06' }, range: { to: 'Pare' } }, 'bdc'],
      [{ index: 'byName', equals: { regency: '35.06', name: 'Wates' } }, 'ae'],
      [{ index: 'byName', equals: { name: 'Wates', regency: '35.06' }, range: { from: 'b' } }, 'e'],
      [{ index: 'byName', range: { prefix: '35.0' }, limit: 3 }, 'fbd'],
      [{ index: 'byTotal', equals: { regency: '35.06', started: true } }, 'ecda'],
      [{ index: 'byTotal', equals: { regency: '35.06', started: false } }, 'b'],
      [
        { index: 'byTotal', equals: { regency: '35.06', started: true }, range: { from: 100 } },
        'cda',
      ],
      [{ index: 'byTotal', equals: { regency: '35.06', started: true }, range: { to: 99.5 } }, 'e'],
      [{ index: 'byTotal', equals: { regency: '35.06' }, range: { from: true, to: true } }, 'ecda'],
    ])('%j gives %s', async (query, expected) => {
      await fill();
      expect((await keysOf(query)).join('')).toBe(expected);
    });

    it('orders numbers, then texts by code point, then false and true', async () => {
      await write(Object.fromEntries(VALUES.map((value, index) => [`${index}`, { value }])));
      const found = await store().query<{ value: unknown }>(COOPERATIVES, {
        index: 'byValue',
        limit: 100,
      });
      expect(found.map(({ document }) => document.value)).toEqual(VALUES);
    });

    it('bounds by a value reach only values of its kind', async () => {
      await write({ n: { value: 1 }, t: { value: '1' }, f: { value: false }, y: { value: true } });
      const bounded = (range: Query['range']) => keysOf({ index: 'byValue', range });
      expect(await bounded({ from: 0 })).toEqual(['n']);
      expect(await bounded({ to: 'z' })).toEqual(['t']);
      expect(await bounded({ to: true })).toEqual(['f', 'y']);
      expect(await bounded({ from: false })).toEqual(['f', 'y']);
      expect(await bounded({ prefix: '' })).toEqual(['t']);
      expect(await bounded({ from: 1, to: '1' })).toEqual([]);
      expect(await bounded({ from: '2', to: '1' })).toEqual([]);
      expect(await bounded({ from: '0', prefix: '1' })).toEqual(['t']);
      expect(await bounded({})).toEqual(['n', 't', 'f', 'y']);
    });

    it('leaves a document out of an index when a field is missing or no scalar', async () => {
      await write({
        a: { value: null },
        b: { value: [1] },
        c: { value: {} },
        d: {},
        e: { value: 0 },
      });
      expect(await keysOf({ index: 'byValue' })).toEqual(['e']);
      expect(await keysOf({ index: 'all' })).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    it.each([false, true])(
      'goes on after a cursor, page by page (reversed: %s)',
      async (reverse) => {
        await fill();
        const query = { index: 'byName', equals: { regency: '35.06' }, reverse };
        const pages: string[] = [];
        let after: string | undefined;
        do {
          const page = await store().query(COOPERATIVES, { ...query, after, limit: 2 });
          pages.push(page.map(({ key }) => key).join(''));
          after = page.at(-1)?.cursor;
        } while (after !== undefined);
        expect(pages).toEqual(reverse ? ['ea', 'cd', 'b', ''] : ['bd', 'ca', 'e', '']);
      },
    );

    it('goes on after a document that has gone elsewhere, and in another build', async () => {
      await fill();
      const query = { index: 'byName', equals: { regency: '35.06' }, limit: 2 };
      const after = (await store().query(COOPERATIVES, query)).at(-1)?.cursor;
      const moved = { collection: COOPERATIVES, key: 'd', document: { name: 'Z' }, position: '2' };
      await store().put([moved], {});
      expect(await keysOf({ ...query, after })).toEqual(['c', 'a']);
      const rebuilt = { ...COOPERATIVES, name: 'cooperatives@2' };
      await write({ y: cooperative('Pare', 1), x: cooperative('Gurah', 1) }, rebuilt);
      const page = await store().query(rebuilt, { ...query, after });
      expect(page.map(({ key }) => key)).toEqual(['y']);
    });

    it.each<[string, Query]>([
      ['an index that is not declared', { index: 'byAge', limit: 1 }],
      ['a name that every object has', { index: 'toString', limit: 1 }],
      ['a field that the index has not', { index: 'byName', equals: { total: 1 }, limit: 1 }],
      ['a field that is not the first', { index: 'byName', equals: { name: 'A' }, limit: 1 }],
      ['a gap', { index: 'byTotal', equals: { regency: 'A', total: 1 }, limit: 1 }],
      ['more fields', { index: 'all', equals: { regency: 'A' }, limit: 1 }],
      ['null', { index: 'byName', equals: { regency: null as never }, limit: 1 }],
      ['a bound that is none', { index: 'byName', range: { from: Number.NaN }, limit: 1 }],
      ['the beginning of a number', { index: 'byName', range: { prefix: 3 as never }, limit: 1 }],
    ])('does not serve %s', async (_, query) => {
      await fill();
      await expect(store().query(COOPERATIVES, query)).rejects.toThrow(UnservedQuery);
    });

    it('takes limits from 1 to 1,000, and cursors of its own', async () => {
      for (const limit of [0, -1, 1.5, 1001, Number.NaN]) {
        await expect(keysOf({ limit })).rejects.toThrow(RangeError);
      }
      for (const after of ['?', 'a', 'x'.repeat(4000)]) {
        await expect(keysOf({ after })).rejects.toThrow(RangeError);
      }
      expect(await keysOf({ limit: 1000 })).toEqual([]);
    });
  });
};
