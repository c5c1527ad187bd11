import fc from 'fast-check';
import { date, MOST_RUPIAH, month, Rejection, rupiah, sum, ZERO } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { type Line, type Postable, Posting, post, voucherNumber } from './posting.policy.js';

const EMPTY: Postable = { closedThrough: null, vouchers: {}, balances: {} };
const TODAY = TEST_METADATA.businessDate;
const LINES: Line[] = [
  { account: '1101', debit: rupiah(5) },
  { account: '3101', credit: rupiah(5) },
];

const posted = (book: Postable, day: string = TODAY, lines = LINES, before = 0) =>
  post(book, 'UMUM', TEST_METADATA, date(day), lines, before);

const refusal = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof Rejection) return { code: error.code, details: error.details };
  }
  throw new Error('nothing was rejected');
};

describe('a posting', () => {
  it('names its book, month and date, and numbers the first journal of all', () => {
    const at = { book: 'UMUM', month: '2026-03', date: TODAY };
    expect(posted(EMPTY)).toEqual({ ...at, voucher: 1, first: true, lines: LINES });
  });

  it.each<[string, Postable, string, number, number]>([
    ['follows the last of its year', { ...EMPTY, vouchers: { 2026: 7 } }, TODAY, 0, 8],
    ['begins anew in another year', { ...EMPTY, vouchers: { 2025: 7 } }, TODAY, 0, 1],
    ['stays in its own year', { ...EMPTY, vouchers: { 2026: 7 } }, '2025-12-31', 0, 1],
    ['comes after others of its command', EMPTY, TODAY, 4, 5],
  ])('%s', (_, book, day, before, voucher) => {
    expect(posted(book, day, LINES, before)).toMatchObject({ voucher });
    const isFirst = Object.keys(book.vouchers).length === 0 && before === 0;
    expect(posted(book, day, LINES, before).first).toBe(isFirst || undefined);
  });

  it('leaves out lines of zero, and fields that say nothing', () => {
    const lines = [
      ...LINES,
      { account: '3102', credit: ZERO },
      { account: '2101', debit: ZERO, credit: undefined, member: undefined },
    ];
    expect(posted(EMPTY, TODAY, lines).lines).toStrictEqual(LINES);
  });

  it('is refused after today', () => {
    expect(refusal(() => posted(EMPTY, '2026-03-03')).code).toBe('DATE_IN_FUTURE');
  });

  it('is refused in a closed month, and not in the one after it', () => {
    const closed = { ...EMPTY, closedThrough: month('2026-01') };
    for (const day of ['2026-01-31', '2025-06-01']) {
      expect(refusal(() => posted(closed, day))).toEqual({
        code: 'MONTH_CLOSED',
        details: { month: day.slice(0, 7) },
      });
    }
    expect(posted(closed, '2026-02-01').month).toBe('2026-02');
  });

  it.each<[string, string, Line[], object]>([
    [
      'that does not balance',
      'JOURNAL_UNBALANCED',
      [
        { account: '1101', debit: rupiah(5) },
        { account: '3101', credit: rupiah(4) },
      ],
      { debit: 5, credit: 4 },
    ],
    [
      'to an account that the chart does not have',
      'ACCOUNT_UNKNOWN',
      [{ account: '1101', debit: rupiah(5) }, { account: '9999' }],
      { account: '9999' },
    ],
    [
      'of less than nothing',
      'AMOUNT_NOT_POSITIVE',
      [
        { account: '1101', debit: rupiah(-5) },
        { account: '3101', credit: rupiah(-5) },
      ],
      {},
    ],
    ['of nothing', 'AMOUNT_NOT_POSITIVE', [{ account: '1101' }, { account: '3101' }], {}],
  ])('%s is refused', (_, code, lines, details) => {
    expect(refusal(() => posted(EMPTY, TODAY, lines))).toEqual({ code, details });
  });

  it('is refused where an account would hold more than all accounts together can count', () => {
    const full = { ...EMPTY, balances: { 3101: rupiah(-MOST_RUPIAH + 5) } };
    expect(posted(full).lines).toEqual(LINES);
    const over = { ...EMPTY, balances: { 3101: rupiah(-MOST_RUPIAH + 4) } };
    expect(refusal(() => posted(over)).code).toBe('AMOUNT_TOO_LARGE');
    // The books of every regency, each with its two fullest accounts of simpanan on one side.
    expect(Number.isSafeInteger(MOST_RUPIAH * 2 * 1_000)).toBe(true);
  });

  it('balances, whatever was split over its lines', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1 });
    fc.assert(
      fc.property(amounts, (all) => {
        const credits = all.map((amount) => ({ account: '3102', credit: rupiah(amount) }));
        const debit = sum(credits.map(({ credit }) => credit));
        const posting = posted(EMPTY, TODAY, [{ account: '1101', debit }, ...credits]);
        expect(Posting.parse(posting)).toEqual(posting);
        const [first, ...others] = credits;
        const short = [{ account: '1101', debit }, ...others];
        expect(first && refusal(() => posted(EMPTY, TODAY, short)).code).toBe('JOURNAL_UNBALANCED');
      }),
    );
  });

  it('is known to people by book, year and number', () => {
    expect(voucherNumber(posted({ ...EMPTY, vouchers: { 2026: 11 } }))).toBe('UMUM/2026/00012');
  });
});
