import type { BookName } from '#lumbung/contracts';
import { type Month, type PlainDate, type Recorded, yearOf } from '#lumbung/kernel';
import { bookOf, isUnreadable, type Posting, postingIn } from '../posting.js';

/** Where a book's journals of one year lie: how many, and the newest of them. */
export type Year = { stream: string; journals: number; voucher: number; revision: number };

export type BookFigures = {
  journalCount: number;
  lastEntryOn: PlainDate | null;
  closedThrough: Month | null;
  uspOpen: boolean;
  years: Map<number, Year>;
};

export const BOOKS: readonly BookName[] = ['UMUM', 'USP'];

/** Folds the log to what each book of a cooperative should be shown to be. */
export class Books {
  private readonly books = new Map<string, BookFigures>();

  readonly take = (event: Recorded, posting = postingIn(event)): void => {
    const { type, data, metadata } = event;
    const cooperative = metadata.cooperative ?? '';
    if (posting && !isUnreadable(posting)) this.post(event, posting);
    if (type === 'ledger.PeriodClosed') {
      const { book, month } = data as { book: string; month: Month };
      this.of(cooperative, book).closedThrough = month;
    }
    if (type === 'ledger.UspOpened') this.of(cooperative, 'USP').uspOpen = true;
  };

  of(cooperative: string, book: string): BookFigures {
    const key = bookOf({ cooperative, book });
    const known = this.books.get(key);
    if (known) return known;
    const none = { journalCount: 0, lastEntryOn: null, closedThrough: null, uspOpen: false };
    const fresh = { ...none, years: new Map() };
    this.books.set(key, fresh);
    return fresh;
  }

  private post({ stream, revision }: Recorded, { cooperative, ...posting }: Posting): void {
    const { date, voucher } = posting;
    const book = this.of(cooperative, posting.book);
    book.journalCount += 1;
    if (book.lastEntryOn === null || date > book.lastEntryOn) book.lastEntryOn = date;
    const journals = (book.years.get(yearOf(date))?.journals ?? 0) + 1;
    book.years.set(yearOf(date), { stream, journals, voucher, revision });
  }
}
