import type { BookApi, BookName, Finding, Journal } from '#lumbung/contracts';
import { type Caller, type CooperativeCode, type Recorded, yearOf, ZERO } from '#lumbung/kernel';
import type { BookFigures } from './figures/books.js';
import type { LogReader } from './log-reader.js';
import { bookOf, isUnreadable, type Posting, postingIn } from './posting.js';

type Means = { reader: LogReader; books: Pick<BookApi, 'journals'> };
type Which = { cooperative: CooperativeCode; book: BookName };

/** A journal as it is compared: its place in its book, and what it says. */
type Told = { year: number; voucher: number; says: Record<string, string> };

// As many as the face answers at once.
const PAGE = 500;

// A book that is not shown at all is told well enough by so many.
const MOST_FINDINGS = 100;

type Line = { account: string; debit?: number; credit?: number };

const textOf = (lines: readonly Line[]) =>
  lines
    .map(({ account, debit = ZERO, credit = ZERO }) => `${account} ${debit}/${credit}`)
    .join(', ');

const logged = ({ metadata }: Recorded, { date, voucher, lines }: Posting): Told => ({
  year: yearOf(date),
  voucher,
  says: { date, actor: metadata.actor, recordedAt: metadata.recordedAt, lines: textOf(lines) },
});

const NUMBER = /^[A-Z]+\/(\d{4})\/(\d+)$/;

const shown = ({ number, date, actor, recordedAt, lines }: Journal): Told => {
  const [, year, voucher] = NUMBER.exec(number) ?? [];
  return {
    year: Number(year ?? 0),
    voucher: Number(voucher ?? 0),
    says: { date, actor, recordedAt, lines: textOf(lines) },
  };
};

/** A book's journals in the log as it was folded, the newest of the last year first. */
async function* loggedIn({ years }: BookFigures, which: Which, reader: LogReader) {
  for (const [year, { stream, journals, revision }] of [...years].sort(([a], [b]) => b - a)) {
    let left = journals;
    for await (const event of reader.backwards(stream, revision)) {
      const posting = postingIn(event);
      if (!posting || isUnreadable(posting) || bookOf(posting) !== bookOf(which)) continue;
      if (yearOf(posting.date) !== year) continue;
      yield logged(event, posting);
      left -= 1;
      if (left === 0) break;
    }
  }
}

/** A book's journals as people see them, without those that came after the log was folded. */
async function* shownOf({ years }: BookFigures, which: Which, { books }: Means, caller: Caller) {
  let after: string | undefined;
  do {
    const query = { ...which, first: PAGE, ...(after !== undefined && { after }) };
    const { nodes, endCursor, hasNextPage } = await books.journals({ query, caller });
    for (const told of nodes.map(shown)) {
      if (told.voucher <= (years.get(told.year)?.voucher ?? 0)) yield told;
    }
    after = hasNextPage && endCursor !== null ? endCursor : undefined;
  } while (after !== undefined);
}

const isLater = (one: Told, other: Told): boolean =>
  one.year === other.year ? one.voucher > other.voucher : one.year > other.year;

/** Both in step, the newest first; where one of them lacks a journal it has a gap. */
async function* inStep(logged: AsyncGenerator<Told>, shown: AsyncGenerator<Told>) {
  const next = async (from: AsyncGenerator<Told>) => (await from.next()).value as Told | undefined;
  let inLog = await next(logged);
  let inSight = await next(shown);
  while (inLog || inSight) {
    const isMissing = inLog && (!inSight || isLater(inLog, inSight));
    const isUnknown = inSight && (!inLog || isLater(inSight, inLog));
    yield { inLog: isUnknown ? undefined : inLog, inSight: isMissing ? undefined : inSight };
    if (!isUnknown) inLog = await next(logged);
    if (!isMissing) inSight = await next(shown);
  }
}

type Step = { inLog: Told | undefined; inSight: Told | undefined };

const findingsOf = (which: Which, { inLog, inSight }: Step): Finding[] => {
  const { year, voucher } = (inLog ?? inSight) as Told;
  const subject = `${bookOf(which)}/${year}/${String(voucher).padStart(5, '0')}`;
  if (!inSight) return [{ code: 'JOURNAL_NOT_SHOWN', subject, expected: 'jurnal', found: '-' }];
  if (!inLog) return [{ code: 'JOURNAL_NOT_IN_LOG', subject, expected: '-', found: 'jurnal' }];
  return Object.entries(inLog.says)
    .filter(([field, expected]) => inSight.says[field] !== expected)
    .map(([field, expected]) => ({
      code: 'JOURNAL_DIFFERS',
      subject: `${subject} ${field}`,
      expected,
      found: String(inSight.says[field]),
    }));
};

/**
 * Compares every journal of a book as it is shown with the log up to where `figures` were folded,
 * a page at a time. Answers how many were compared, and at most some hundred findings.
 */
export const compareJournals = async (
  which: Which,
  figures: BookFigures,
  means: Means,
  caller: Caller,
): Promise<{ compared: number; findings: Finding[] }> => {
  const findings: Finding[] = [];
  let compared = 0;
  const inLog = loggedIn(figures, which, means.reader);
  for await (const step of inStep(inLog, shownOf(figures, which, means, caller))) {
    compared += 1;
    findings.push(...findingsOf(which, step));
    if (findings.length >= MOST_FINDINGS) break;
  }
  return { compared, findings };
};
