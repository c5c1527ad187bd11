import type { Finding } from '#lumbung/contracts';
import {
  add,
  type Month,
  monthOf,
  type Recorded,
  type Rupiah,
  yearOf,
  ZERO,
} from '#lumbung/kernel';
import { bookOf, isUnreadable, nameOf, type Posting, postingIn } from './posting.js';

const PERIOD_CLOSED = 'ledger.PeriodClosed';

const side = (lines: Posting['lines'], name: 'debit' | 'credit'): Rupiah =>
  lines.reduce((total, line) => add(total, line[name] ?? ZERO), ZERO);

const finding = (code: string, subject: string, expected: string, found: string): Finding => ({
  code,
  subject,
  expected,
  found,
});

/** Checks each journal against itself and against those of its book before it. */
export class JournalChecks {
  journals = 0;
  readonly findings: Finding[] = [];
  private readonly vouchers = new Map<string, number>();
  private readonly closedThrough = new Map<string, Month>();

  readonly take = (event: Recorded, posting = postingIn(event)): void => {
    if (posting) {
      this.journals += 1;
      if (isUnreadable(posting)) this.cannotRead(event, posting.unreadable);
      else
        this.findings.push(...balance(posting), ...this.month(posting), ...this.voucher(posting));
    }
    if (event.type === PERIOD_CLOSED) this.close(event);
  };

  private cannotRead({ stream, revision }: Recorded, why: string): void {
    const subject = `${stream}@${revision}`;
    this.findings.push(finding('POSTING_UNREADABLE', subject, 'jurnal', why));
  }

  /** Without a gap per book and year; after a gap the count goes on from what was found. */
  private voucher(posting: Posting): Finding[] {
    const key = `${bookOf(posting)}/${yearOf(posting.date)}`;
    const next = (this.vouchers.get(key) ?? 0) + 1;
    this.vouchers.set(key, posting.voucher);
    if (posting.voucher === next) return [];
    const found = String(posting.voucher);
    return [finding('VOUCHER_NOT_NEXT', nameOf(posting), String(next), found)];
  }

  private month(posting: Posting): Finding[] {
    const { date, month } = posting;
    const closed = this.closedThrough.get(bookOf(posting));
    const findings: Finding[] = [];
    if (month !== monthOf(date)) {
      findings.push(finding('MONTH_NOT_OF_DATE', nameOf(posting), monthOf(date), month));
    }
    if (closed !== undefined && month <= closed) {
      findings.push(finding('MONTH_CLOSED', nameOf(posting), `> ${closed}`, month));
    }
    return findings;
  }

  private close({ data, metadata }: Recorded): void {
    const { book, month } = data as { book: string; month: Month };
    const key = bookOf({ cooperative: metadata.cooperative ?? '', book });
    const closed = this.closedThrough.get(key);
    if (closed === undefined || month > closed) this.closedThrough.set(key, month);
  }
}

const balance = (posting: Posting): Finding[] => {
  const { lines } = posting;
  const subject = nameOf(posting);
  const below = lines.find(({ debit = ZERO, credit = ZERO }) => debit < 0 || credit < 0);
  if (below) {
    const found = String(Math.min(below.debit ?? 0, below.credit ?? 0));
    return [finding('AMOUNT_NOT_POSITIVE', `${subject} ${below.account}`, '> 0', found)];
  }
  const debit = side(lines, 'debit');
  const credit = side(lines, 'credit');
  if (debit !== credit) {
    return [finding('JOURNAL_UNBALANCED', subject, `debit ${debit}`, `kredit ${credit}`)];
  }
  return debit === 0 ? [finding('AMOUNT_NOT_POSITIVE', subject, '> 0', '0')] : [];
};
