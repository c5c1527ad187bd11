import {
  type Ask,
  type Call,
  Choice,
  type CommandOf,
  CooperativeCode,
  command,
  face,
  type Instant,
  Month,
  PlainDate,
  publicEvent,
  query,
  type Rupiah,
  z,
} from '#lumbung/kernel';
import { type Answer, type Page, paging } from '../answer.js';

/** `UMUM` holds capital and business units, `USP` savings and loans. */
export const BookName = Choice('UMUM', 'USP');
export type BookName = z.infer<typeof BookName>;

export const CloseMonth = command('CloseMonth', {
  cooperative: CooperativeCode,
  book: BookName,
  month: Month,
});
export type CloseMonth = CommandOf<typeof CloseMonth>;

/** Saving and lending needs its own licence; its number as on the document. */
export const OpenUsp = command('OpenUsp', {
  cooperative: CooperativeCode,
  licence: z.string().trim().min(3).max(60),
  licensedOn: PlainDate,
});
export type OpenUsp = CommandOf<typeof OpenUsp>;

export const JournalRecorded = publicEvent('ledger.JournalRecorded', 1, {
  cooperative: CooperativeCode,
  book: BookName,
  date: PlainDate,
  /** The first journal that the book has ever had. */
  first: z.boolean(),
});

export type JournalLine = {
  account: string;
  accountName: string;
  debit: Rupiah;
  credit: Rupiah;
};

/** `number` is the voucher: book, year, and a number without gaps in the order of recording. */
export type Journal = {
  cooperative: CooperativeCode;
  book: BookName;
  number: string;
  date: PlainDate;
  description: string;
  actor: string;
  recordedAt: Instant;
  lines: JournalLine[];
};

export const ListJournals = query({
  cooperative: CooperativeCode,
  book: BookName,
  ...paging,
});

export type Book = {
  book: BookName;
  journalCount: number;
  lastEntryOn: PlainDate | null;
  closedThrough: Month | null;
  uspOpen: boolean;
};

export const FindBooks = query({ cooperative: CooperativeCode });

export abstract class BookApi {
  static readonly face = face<BookApi>('ledger.book', {
    closeMonth: CloseMonth,
    openUsp: OpenUsp,
    journals: ListJournals,
    books: FindBooks,
  });

  abstract closeMonth(call: Call<typeof CloseMonth>): Promise<Answer>;
  abstract openUsp(call: Call<typeof OpenUsp>): Promise<Answer>;
  /** By year and voucher, the highest first: within a year the newest, as they were recorded. */
  abstract journals(ask: Ask<typeof ListJournals>): Promise<Page<Journal>>;
  abstract books(ask: Ask<typeof FindBooks>): Promise<Book[]>;
}
