import { CooperativeSort } from '#lumbung/contracts';
import type { CooperativeCode, DomainEvent } from '#lumbung/kernel';
import { documentsOf, recorded } from '#lumbung/kernel/testing';
import { memoryReadStore } from '#lumbung/read-store/memory';
import {
  BULU,
  changed,
  confirmed,
  GEDANGSEWU,
  journal,
  PARE,
  registered,
} from '../testing/samples.js';
import { indexFor, inOrder, LISTING_INDEXES } from './listing.policy.js';
import { cooperativeTotals } from './totals.projection.js';

const SIDOMULYO = '35.06.01.2002' as CooperativeCode;

// In the order of their codes: Bulu, Sidomulyo (district Semen), Pare, Gedangsewu (district Pare).
const HISTORY: DomainEvent[] = [
  registered(BULU),
  registered(SIDOMULYO, 'Sidomulyo'),
  registered(PARE),
  registered(GEDANGSEWU),
  ...[confirmed(PARE), confirmed(PARE), confirmed(BULU)],
  ...[
    changed({ pokok: 300 }, PARE),
    changed({ pokok: 500 }, BULU),
    changed({ wajib: 9 }, SIDOMULYO),
  ],
  journal('2026-03-02', { first: true }, PARE),
  journal('2026-01-31', { first: true }, BULU),
];

type Asked = Parameters<typeof indexFor>[0] & { reverse?: boolean };

/** The villages that a store with the declared indexes answers, in its order. */
const listed = async ({ reverse = false, ...asked }: Omit<Asked, 'regency'>) => {
  const store = memoryReadStore();
  const collection = { name: 'cooperative-totals', indexes: cooperativeTotals.indexes };
  const history = HISTORY.map((event, at) => recorded(event, at));
  const documents = documentsOf(cooperativeTotals, history);
  const puts = [...documents].map(([key, document]) => ({
    ...{ collection, key, document, position: '1' },
  }));
  await store.put(puts, {});
  const query = { ...indexFor({ regency: '35.06', ...asked }), limit: 100, reverse };
  const entries = await store.query<{ village: string }>(collection, query);
  return entries.map(({ document }) => document.village);
};

const BY_CODE = ['Bulu', 'Sidomulyo', 'Pare', 'Gedangsewu'];

describe('a list of cooperatives', () => {
  it('is of the whole regency, by code', async () => {
    expect(await listed({})).toEqual(BY_CODE);
    expect(await listed({ reverse: true })).toEqual(BY_CODE.toReversed());
  });

  it.each([
    ['CODE', BY_CODE],
    ['NAME', ['Bulu', 'Gedangsewu', 'Pare', 'Sidomulyo']],
    ['MEMBERS', ['Sidomulyo', 'Gedangsewu', 'Bulu', 'Pare']],
    ['SIMPANAN', ['Gedangsewu', 'Sidomulyo', 'Pare', 'Bulu']],
    ['LAST_ENTRY', ['Sidomulyo', 'Gedangsewu', 'Bulu', 'Pare']],
  ] as const)('is sorted by %s', async (sort, order) => {
    expect(await listed({ sort })).toEqual(order);
  });

  it('puts whoever has as much in the order of their codes', async () => {
    expect(await listed({ sort: 'LAST_ENTRY', started: false })).toEqual([
      'Sidomulyo',
      'Gedangsewu',
    ]);
  });

  it('may be of one district', async () => {
    expect(await listed({ district: '35.06.17' })).toEqual(['Pare', 'Gedangsewu']);
    expect(await listed({ district: '35.06.17', sort: 'NAME' })).toEqual(['Gedangsewu', 'Pare']);
  });

  it('may be of those that have started, or that have not', async () => {
    expect(await listed({ started: true })).toEqual(['Bulu', 'Pare']);
    expect(await listed({ started: false })).toEqual(['Sidomulyo', 'Gedangsewu']);
    expect(await listed({ started: true, district: '35.06.17' })).toEqual(['Pare']);
  });

  it('is searched by the beginning of a village’s name, in any case', async () => {
    expect(await listed({ search: 'SIDO' })).toEqual(['Sidomulyo']);
    expect(await listed({ search: 'mulyo' })).toEqual([]);
    expect(await listed({ search: 'p', sort: 'SIMPANAN' })).toEqual(['Pare']);
    expect(await listed({ search: 'g', started: true })).toEqual([]);
    expect(await listed({ search: 'b', district: '35.06.17' })).toEqual([]);
  });

  it('is not searched for nothing', async () => {
    expect(await listed({ search: '' })).toEqual(BY_CODE);
  });
});

describe('every list that may be asked for', () => {
  const asked = CooperativeSort.options.flatMap((sort) =>
    [undefined, '35.06.17'].flatMap((district) =>
      [undefined, true, false].flatMap((started) =>
        [undefined, 'par'].map((search) => ({ sort, district, started, search })),
      ),
    ),
  );

  it.each(asked)('has an index: $sort $district $started $search', ({ search, ...rest }) => {
    const { index, equals, range } = indexFor({ regency: '35.06', ...rest, search });
    const fields = LISTING_INDEXES[index] ?? [];
    expect(fields.slice(0, -1)).toEqual(Object.keys(equals));
    expect(range?.prefix).toBe(search);
    if (range) expect(fields.at(-1)).toBe('sortName');
  });
});

describe('what a search has found', () => {
  const found = (code: string, memberCount: number) => ({
    ...{ code, memberCount, sortName: 'sido', simpananTotal: 0, lastEntry: '' },
  });
  const all = [found('c', 5), found('a', 20), found('b', 5)];

  it.each([
    ['MEMBERS', false, 'bca'],
    ['MEMBERS', true, 'acb'],
    ['CODE', false, 'abc'],
    ['SIMPANAN', false, 'abc'],
  ] as const)(
    'comes by %s (descending: %s), and by code among equals',
    (sort, descending, codes) => {
      expect(
        inOrder(all, sort, descending)
          .map(({ code }) => code)
          .join(''),
      ).toBe(codes);
    },
  );
});
