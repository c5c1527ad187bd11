import { BookName, ensureLedger as ensure } from '#lumbung/contracts';
import {
  type DomainEvent,
  MemberId,
  type Metadata,
  MOST_RUPIAH,
  Month,
  monthOf,
  PlainDate,
  Rupiah,
  sum,
  withoutUndefined,
  yearOf,
  ZERO,
  z,
} from '#lumbung/kernel';
import { ACCOUNTS } from './chart.policy.js';

/** One side of a journal, in rupiah; `member` where the account has a sub-ledger. */
export const Line = z.strictObject({
  account: z.string(),
  debit: Rupiah.optional(),
  credit: Rupiah.optional(),
  member: MemberId.optional(),
});
export type Line = z.infer<typeof Line>;

/** A balanced journal as every event carries it that moves money. */
export const Posting = z.strictObject({
  book: BookName,
  month: Month,
  date: PlainDate,
  /** Without a gap per book and year, in the order of recording. */
  voucher: z.int().min(1),
  /** Set on the first journal that the book has ever had. */
  first: z.literal(true).optional(),
  lines: z.array(Line).min(2),
});
export type Posting = z.infer<typeof Posting>;

/** What a book must know to take a journal. */
export type Postable = {
  readonly closedThrough: Month | null;
  readonly vouchers: { readonly [year: string]: number };
  readonly balances: { readonly [account: string]: Rupiah };
};

const total = (lines: readonly Line[], side: 'debit' | 'credit') =>
  sum(lines.map((line) => line[side] ?? ZERO));

/** Lines with an amount; those of zero say nothing and are left out. */
const balanced = (lines: readonly Line[]): Line[] => {
  for (const { account, debit = ZERO, credit = ZERO } of lines) {
    ensure(ACCOUNTS.has(account), 'ACCOUNT_UNKNOWN', { account });
    ensure(debit >= 0 && credit >= 0, 'AMOUNT_NOT_POSITIVE');
  }
  const debit = total(lines, 'debit');
  const credit = total(lines, 'credit');
  ensure(debit === credit, 'JOURNAL_UNBALANCED', { debit, credit });
  ensure(debit > 0, 'AMOUNT_NOT_POSITIVE');
  return lines.filter((line) => line.debit || line.credit).map(withoutUndefined);
};

// Sums over all accounts of all books of a regency stay whole numbers, whatever is entered.
const ensureBounded = ({ balances }: Postable, lines: readonly Line[]) => {
  for (const { account, debit = ZERO, credit = ZERO } of lines) {
    const balance = (balances[account] ?? ZERO) + debit - credit;
    ensure(Math.abs(balance) <= MOST_RUPIAH, 'AMOUNT_TOO_LARGE');
  }
};

/**
 * A journal of `book` on `date`, numbered after what the book holds and `before` others of the
 * same command. Rejects DATE_IN_FUTURE, MONTH_CLOSED, JOURNAL_UNBALANCED, ACCOUNT_UNKNOWN,
 * AMOUNT_TOO_LARGE.
 */
export const post = (
  state: Postable,
  book: BookName,
  { businessDate }: Metadata,
  date: PlainDate,
  lines: readonly Line[],
  before = 0,
): Posting => {
  ensure(date <= businessDate, 'DATE_IN_FUTURE');
  const month = monthOf(date);
  const { closedThrough } = state;
  ensure(closedThrough === null || month > closedThrough, 'MONTH_CLOSED', { month });
  const voucher = (state.vouchers[yearOf(date)] ?? 0) + 1 + before;
  const isFirst = Object.keys(state.vouchers).length === 0 && before === 0;
  const posting: Posting = { book, month, date, voucher, lines: balanced(lines) };
  ensureBounded(state, posting.lines);
  return isFirst ? { ...posting, first: true } : posting;
};

/** `UMUM/2026/00012`, as it stands on a receipt. */
export const voucherNumber = ({ book, date, voucher }: Posting): string =>
  `${book}/${yearOf(date)}/${String(voucher).padStart(5, '0')}`;

/** The numbers of the journals that events carry, in their order. */
export const vouchersIn = (events: readonly DomainEvent[]): string[] =>
  events.flatMap(({ data }) => {
    const { posting } = data as { posting?: Posting };
    return posting ? [voucherNumber(posting)] : [];
  });

/** The number of the one journal that a command made. Throws TypeError where it made none. */
export const voucherOf = (events: readonly DomainEvent[]): string => {
  const [voucher] = vouchersIn(events);
  if (voucher === undefined) throw new TypeError('the command made no journal');
  return voucher;
};
