import { JournalChecks } from './checks.js';
import { closed, GEDANGSEWU, logOf, posted, SITI, type Told } from './testing/log.js';

const checked = async (...told: Told[]) => {
  const { store, reader } = await logOf(...told);
  const checks = new JournalChecks();
  await reader.through(await store.head(), checks.take);
  return checks;
};

const FIRST = '35.06.17.1009 UMUM/2026/00001';
const SECOND = '35.06.17.1009 UMUM/2026/00002';
const lines = (debit: number, credit: number) => [
  { account: '1101', debit },
  { account: '3101', credit, member: SITI },
];
const ofApril = { month: '2026-04', date: '2026-04-01' };
const lastYear = { month: '2025-12', date: '2025-12-31' };

describe('the checks of journals', () => {
  it('find nothing in books as they should be', async () => {
    const log = [
      posted(1),
      posted(2),
      posted(1, { posting: { book: 'USP' } }),
      posted(1, { metadata: { cooperative: GEDANGSEWU } }),
      posted(1, { posting: lastYear }),
      posted(3, { posting: ofApril }),
      closed('2026-03'),
      posted(4, { posting: ofApril }),
      posted(2, { posting: { book: 'USP' } }),
    ];
    const { journals, findings } = await checked(...log);
    expect(findings).toEqual([]);
    expect(journals).toBe(8);
  });

  it.each<[string, Told[], object]>([
    [
      'JOURNAL_UNBALANCED',
      [posted(1, { lines: lines(100_000, 90_000) })],
      { subject: FIRST, expected: 'debit 100000', found: 'kredit 90000' },
    ],
    [
      'AMOUNT_NOT_POSITIVE',
      [posted(1, { lines: [] })],
      { subject: FIRST, expected: '> 0', found: '0' },
    ],
    [
      'AMOUNT_NOT_POSITIVE',
      [posted(1, { lines: lines(-5_000, -5_000) })],
      { subject: `${FIRST} 1101`, expected: '> 0', found: '-5000' },
    ],
    [
      'POSTING_UNREADABLE',
      [posted(1, { lines: lines(0.5, 0.5) })],
      {
        subject: 'test-stream@0',
        expected: 'jurnal',
        found: 'lines.0.debit: AMOUNT_NOT_WHOLE',
      },
    ],
    [
      'POSTING_UNREADABLE',
      [posted(1, { metadata: { cooperative: 'Pare' } })],
      { subject: 'test-stream@0', expected: 'jurnal', found: 'cooperative' },
    ],
    [
      'VOUCHER_NOT_NEXT',
      [posted(1), posted(3), posted(4)],
      { subject: '35.06.17.1009 UMUM/2026/00003', expected: '2', found: '3' },
    ],
    ['VOUCHER_NOT_NEXT', [posted(1), posted(1)], { subject: FIRST, expected: '2', found: '1' }],
    [
      'MONTH_NOT_OF_DATE',
      [posted(1, { posting: { month: '2026-02' } })],
      { subject: FIRST, expected: '2026-03', found: '2026-02' },
    ],
    [
      'MONTH_CLOSED',
      [posted(1), closed('2026-03'), posted(2)],
      { subject: SECOND, expected: '> 2026-03', found: '2026-03' },
    ],
  ])('tell %s', async (code, told, finding) => {
    const { findings } = await checked(...told);
    expect(findings).toEqual([{ code, ...finding }]);
  });
});
