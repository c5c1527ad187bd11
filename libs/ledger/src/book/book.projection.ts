import type { Book } from '#lumbung/contracts';
import {
  add,
  type PlainDate,
  projection,
  type Rupiah,
  subtract,
  when,
  whenPosted,
  ZERO,
} from '#lumbung/kernel';
import { PeriodClosed, UspOpened } from './book.events.js';
import type { Posting } from './posting.policy.js';

/** `balances` by account, debit less credit, in rupiah. */
export type BookDocument = Book & { balances: Record<string, Rupiah> };

export const bookKey = (cooperative: string, book: string): string => `${cooperative}.${book}`;

const latest = (a: PlainDate | null, b: PlainDate): PlainDate => (a !== null && a > b ? a : b);

/** The state of one book of one cooperative. */
export const books = projection<BookDocument>({
  name: 'book',
  version: 1,
  indexes: {},
  initial: (key) => ({
    book: key.endsWith('.USP') ? 'USP' : 'UMUM',
    journalCount: 0,
    lastEntryOn: null,
    closedThrough: null,
    uspOpen: false,
    balances: {},
  }),
  on: [
    when(PeriodClosed, {
      keys: ({ data, metadata }) => [bookKey(metadata.cooperative as string, data.book)],
      evolve: (document, { data }) => ({ ...document, closedThrough: data.month }),
    }),
    when(UspOpened, {
      keys: ({ metadata }) => [bookKey(metadata.cooperative as string, 'USP')],
      evolve: (document) => ({ ...document, uspOpen: true }),
    }),
    whenPosted<BookDocument, Posting>({
      keys: ({ data, metadata }) => [bookKey(metadata.cooperative as string, data.posting.book)],
      evolve: (document, { data: { posting } }) => {
        const { balances } = document;
        for (const { account, debit = ZERO, credit = ZERO } of posting.lines) {
          balances[account] = subtract(add(balances[account] ?? ZERO, debit), credit);
        }
        document.journalCount += 1;
        document.lastEntryOn = latest(document.lastEntryOn, posting.date);
        return document;
      },
    }),
  ],
});
