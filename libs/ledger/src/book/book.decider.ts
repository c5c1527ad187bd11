import {
  CloseMonth,
  type CloseMonth as CloseMonthCommand,
  ensureLedger as ensure,
  OpenUsp,
  type OpenUsp as OpenUspCommand,
} from '#lumbung/contracts';
import {
  add,
  addMonths,
  type Decider,
  type Metadata,
  type Month,
  monthOf,
  type Rupiah,
  subtract,
  yearOf,
  ZERO,
} from '#lumbung/kernel';
import { type BookEvent, PeriodClosed, UspOpened } from './book.events.js';
import type { Posting } from './posting.policy.js';

/** Balances are debit less credit, in rupiah. */
export type Book = {
  uspOpen: boolean;
  firstMonth: Month | null;
  closedThrough: Month | null;
  vouchers: Record<string, number>;
  balances: Record<string, Rupiah>;
};

type Seen = { book: Book };
type BookCommand = CloseMonthCommand | OpenUspCommand;

/** Months close in order and when they are over; the next may be trading already. */
const closeMonth = (
  { data: { book: name, month } }: CloseMonthCommand,
  { book }: { readonly book: Readonly<Book> },
  { businessDate }: Metadata,
) => {
  const { firstMonth, closedThrough } = book;
  ensure(firstMonth !== null, 'NOTHING_TO_CLOSE');
  ensure(closedThrough === null || month > closedThrough, 'MONTH_CLOSED', { month });
  const next = closedThrough === null ? firstMonth : addMonths(closedThrough, 1);
  ensure(month === next, 'MONTH_NOT_NEXT', { next });
  ensure(month < monthOf(businessDate), 'MONTH_NOT_OVER');
  return [PeriodClosed({ book: name, month })];
};

export const book: Decider<BookCommand, BookEvent, Book, Seen> = {
  commands: [CloseMonth, OpenUsp],
  events: [PeriodClosed, UspOpened],
  initial: { uspOpen: false, firstMonth: null, closedThrough: null, vouchers: {}, balances: {} },
  decide: {
    CloseMonth: closeMonth,
    OpenUsp: ({ data: { licence, licensedOn } }, { book }, { businessDate }) => {
      ensure(!book.uspOpen, 'USP_ALREADY_OPEN');
      ensure(licensedOn <= businessDate, 'DATE_IN_FUTURE');
      return [UspOpened({ licence, licensedOn })];
    },
  },
  evolve: {
    'ledger.PeriodClosed': (state, { month }) => {
      state.closedThrough = month;
    },
    'ledger.UspOpened': (state) => {
      state.uspOpen = true;
    },
  },
  onPosting: (state: Book, { date, month, voucher, lines }: Posting) => {
    state.vouchers[yearOf(date)] = voucher;
    if (state.firstMonth === null || month < state.firstMonth) state.firstMonth = month;
    for (const { account, debit = ZERO, credit = ZERO } of lines) {
      const balance = state.balances[account] ?? ZERO;
      state.balances[account] = subtract(add(balance, debit), credit);
    }
  },
};
