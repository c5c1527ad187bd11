import type { Journal } from '#lumbung/contracts';
import type { Caller, CooperativeCode, UserName } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { Books } from './figures/books.js';
import { compareJournals } from './journals.js';
import { GEDANGSEWU, logOf, PARE, posted, type Told } from './testing/log.js';

const CALLER: Caller = { user: 'auditor' as UserName, role: 'auditor', correlationId: 'test' };
const WHICH = { cooperative: PARE as CooperativeCode, book: 'UMUM' as const };

const ofYear = (year: number, voucher: number): Told =>
  posted(voucher, { posting: { month: `${year}-03`, date: `${year}-03-02` } });

const shownOf = (year: number, voucher: number, but: Partial<Journal> = {}) =>
  ({
    number: `UMUM/${year}/${String(voucher).padStart(5, '0')}`,
    date: `${year}-03-02`,
    actor: TEST_METADATA.actor,
    recordedAt: TEST_METADATA.recordedAt,
    lines: [
      { account: '1101', accountName: 'Kas', debit: 100_000, credit: 0 },
      { account: '3101', accountName: 'Simpanan pokok', debit: 0, credit: 100_000 },
    ],
    ...but,
  }) as Journal;

/** Shows these, two at a time, newest first. */
const bookOf = (shown: readonly Journal[]) => ({
  journals: async ({ query: { after = '0' } }: { query: { after?: string } }) => {
    const end = Number(after) + 2;
    return {
      totalCount: shown.length,
      nodes: shown.slice(Number(after), end),
      endCursor: String(end),
      hasNextPage: end < shown.length,
    };
  },
});

const compared = async (log: readonly Told[], shown: readonly Journal[]) => {
  const { store, reader } = await logOf(...log);
  const books = new Books();
  await reader.through(await store.head(), books.take);
  const figures = books.of(PARE, 'UMUM');
  return compareJournals(WHICH, figures, { reader, books: bookOf(shown) }, CALLER);
};

const LOG = [ofYear(2026, 1), ofYear(2026, 2), ofYear(2026, 3)];
const SHOWN = [shownOf(2026, 3), shownOf(2026, 2), shownOf(2026, 1)];
const SECOND = '35.06.17.1009 UMUM/2026/00002';

describe('the journals of a book', () => {
  it('are right when each is shown as it was recorded', async () => {
    expect(await compared(LOG, SHOWN)).toEqual({ compared: 3, findings: [] });
    expect(await compared([], [])).toEqual({ compared: 0, findings: [] });
  });

  it('are followed through years that were recorded at once, and past other books', async () => {
    const log = [
      ofYear(2025, 1),
      ofYear(2026, 1),
      posted(1, { metadata: { cooperative: GEDANGSEWU } }),
      ofYear(2025, 2),
      posted(1, { posting: { book: 'USP' } }),
      ofYear(2026, 2),
      ofYear(2025, 3),
    ];
    const shown = [
      ...[2, 1].map((voucher) => shownOf(2026, voucher)),
      ...[3, 2, 1].map((voucher) => shownOf(2025, voucher)),
    ];
    expect(await compared(log, shown)).toEqual({ compared: 5, findings: [] });
  });

  it('may be shown with newer ones than were read', async () => {
    const shown = [shownOf(2027, 1), shownOf(2026, 5), shownOf(2026, 4), ...SHOWN];
    expect(await compared(LOG, shown)).toEqual({ compared: 3, findings: [] });
  });

  it.each<[string, Partial<Journal>, string, string]>([
    ['date', { date: '2026-03-03' as Journal['date'] }, '2026-03-02', '2026-03-03'],
    ['actor', { actor: 'siti' }, TEST_METADATA.actor, 'siti'],
    [
      'recordedAt',
      { recordedAt: '2026-03-02T02:00:00.001Z' as Journal['recordedAt'] },
      TEST_METADATA.recordedAt,
      '2026-03-02T02:00:00.001Z',
    ],
    [
      'lines',
      { lines: shownOf(2026, 2).lines.slice(0, 1) },
      '1101 100000/0, 3101 0/100000',
      '1101 100000/0',
    ],
  ])('are told when one has another %s', async (field, but, expected, found) => {
    const shown = [shownOf(2026, 3), shownOf(2026, 2, but), shownOf(2026, 1)];
    const { findings } = await compared(LOG, shown);
    const subject = `${SECOND} ${field}`;
    expect(findings).toEqual([{ code: 'JOURNAL_DIFFERS', subject, expected, found }]);
  });

  it.each([0, 1, 2])('are told when one is not shown (%i)', async (index) => {
    const { findings } = await compared(LOG, SHOWN.toSpliced(index, 1));
    const subject = `${PARE} UMUM/2026/0000${3 - index}`;
    const finding = { code: 'JOURNAL_NOT_SHOWN', subject, expected: 'jurnal', found: '-' };
    expect(findings).toEqual([finding]);
  });

  it('are told when one is shown that nobody recorded', async () => {
    const { findings } = await compared([ofYear(2026, 1), ofYear(2026, 3)], SHOWN);
    const finding = { code: 'JOURNAL_NOT_IN_LOG', expected: '-', found: 'jurnal' };
    expect(findings).toEqual([{ ...finding, subject: SECOND }]);
  });

  it('are told a hundred times and no more when none is shown', async () => {
    const log = Array.from({ length: 150 }, (_, index) => ofYear(2026, index + 1));
    const { compared: count, findings } = await compared(log, []);
    expect(findings).toHaveLength(100);
    expect(count).toBe(100);
  });
});
