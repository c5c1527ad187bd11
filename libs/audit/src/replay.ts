import { auditRejections, type Replayed, type ReplayedBook } from '#lumbung/contracts';
import {
  add,
  type Instant,
  type PlainDate,
  type Recorded,
  type Rupiah,
  refuse,
  subtract,
  ZERO,
} from '#lumbung/kernel';
import { bookOf, isUnreadable, type Posting, postingIn } from './posting.js';

/** Which journals count: by their date, and by the moment they were recorded, both inclusive. */
export type Wanted = { cooperative?: string; asOf?: PlainDate; asKnown?: Instant };

type Account = {
  journals: number;
  balances: Map<string, Rupiah>;
  cooperative: Posting['cooperative'];
  book: string;
};

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** The books that one of several threads came to. */
export type Books = Map<string, Account>;

/** Folds journals to the balances of accounts, debit less credit in rupiah. */
export class Replay {
  readonly books: Books = new Map();

  constructor(private readonly wanted: Wanted) {}

  /** Adds what was folded of other streams. */
  add(others: Books): void {
    for (const its of others.values()) {
      const book = this.bookOf(its);
      book.journals += its.journals;
      for (const [account, balance] of its.balances) {
        book.balances.set(account, add(book.balances.get(account) ?? ZERO, balance));
      }
    }
  }

  /** Rejects POSTING_UNREADABLE: balances without that journal would be taken for the whole. */
  readonly take = (event: Recorded): void => {
    const posting = this.isWanted(event) ? postingIn(event) : undefined;
    if (!posting) return;
    if (isUnreadable(posting)) {
      const { stream, revision } = event;
      throw refuse(auditRejections, 'POSTING_UNREADABLE', { stream, revision });
    }
    const { asOf } = this.wanted;
    if (asOf !== undefined && posting.date > asOf) return;
    const book = this.bookOf(posting);
    book.journals += 1;
    for (const { account, debit = ZERO, credit = ZERO } of posting.lines) {
      const balance = book.balances.get(account) ?? ZERO;
      book.balances.set(account, subtract(add(balance, debit), credit));
    }
  };

  /** Books by cooperative and name, accounts by number. */
  answer(events: number): Replayed {
    const books = [...this.books]
      .sort(([a], [b]) => byText(a, b))
      .map(([, { balances, ...book }]): ReplayedBook => {
        const accounts = [...balances].sort(([a], [b]) => byText(a, b));
        return { ...book, balances: accounts.map(([account, balance]) => ({ account, balance })) };
      });
    return { events, journals: books.reduce((all, { journals }) => all + journals, 0), books };
  }

  private isWanted({ metadata }: Recorded): boolean {
    const { cooperative, asKnown } = this.wanted;
    return (
      (cooperative === undefined || metadata.cooperative === cooperative) &&
      (asKnown === undefined || metadata.recordedAt <= asKnown)
    );
  }

  private bookOf({ cooperative, book }: Pick<Posting, 'cooperative' | 'book'>): Account {
    const key = bookOf({ cooperative, book });
    const known = this.books.get(key);
    if (known) return known;
    const fresh = { cooperative, book, journals: 0, balances: new Map() };
    this.books.set(key, fresh);
    return fresh;
  }
}
