import {
  type Finding,
  type ProgressApi,
  platformRejections,
  type Verified,
} from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { type Caller, type Recorded, Unavailable } from '#lumbung/kernel';
import { JournalChecks } from './checks.js';
import { FeedChain } from './feed/chain.js';
import { BOOKS, Books } from './figures/books.js';
import { Figures } from './figures/figures.js';
import { compareJournals } from './journals.js';
import type { LogReader } from './log-reader.js';
import { postingIn } from './posting.js';
import { allShown, type Comparison, differences, type Faces } from './shown.js';

export type Means = Faces & {
  store: Pick<EventStore, 'head'>;
  reader: LogReader;
  progress: Pick<ProgressApi, 'wait' | 'progress'>;
};

// Each wait is two seconds at most; reading that is a minute behind is not being written to.
const WAITS = 30;

const cannot = (code: 'NOT_CAUGHT_UP' | 'STREAM_NEWER_THAN_CODE') =>
  new Unavailable(code, platformRejections[code]);

const untilRead = async (progress: Means['progress'], head: bigint, caller: Caller) => {
  const query = { position: String(head) };
  for (let waited = 0; !(await progress.wait({ query, caller })); waited++) {
    if (waited === WAITS) throw cannot('NOT_CAUGHT_UP');
  }
  // What is parked shows old figures and says so; they are no findings.
  const { parked } = await progress.progress({ query: {}, caller });
  if (Object.keys(parked).length > 0) throw cannot('STREAM_NEWER_THAN_CODE');
};

const isOpen = (comparison: Comparison) => differences(comparison).length > 0;

const findingsOf = (comparison: Comparison): Finding[] => {
  const { code, subject, shown, expected } = comparison;
  const now = expected();
  return differences(comparison).map((field) => ({
    code,
    subject: `${subject} ${field}`,
    expected: String(now[field]),
    found: field in shown ? String(shown[field]) : '-',
  }));
};

const compareAllJournals = async (figures: Figures, books: Books, means: Means, caller: Caller) => {
  const findings: Finding[] = [];
  let compared = 0;
  for (const cooperative of figures.cooperatives.keys()) {
    for (const book of BOOKS) {
      const which = { cooperative, book };
      const one = await compareJournals(which, books.of(cooperative, book), means, caller);
      compared += one.compared;
      findings.push(...one.findings);
    }
  }
  return { compared, findings };
};

/**
 * Checks every journal of the log, then compares what is shown with what the log says. Others
 * may write meanwhile: a reading is of some moment between the head that it waited for and the
 * head after it, so it is right when the log said the same at any moment between the two.
 * Throws `Unavailable` NOT_CAUGHT_UP when reading lies far behind, STREAM_NEWER_THAN_CODE when
 * some of it is parked.
 */
export const verification = async (means: Means, caller: Caller): Promise<Verified> => {
  const { store, reader, progress } = means;
  const checks = new JournalChecks();
  const figures = new Figures();
  const books = new Books();
  const chain = new FeedChain();
  const take = (event: Recorded) => {
    chain.take(event);
    const posting = postingIn(event);
    checks.take(event, posting);
    figures.take(event, posting);
    books.take(event, posting);
  };
  const before = await store.head();
  await reader.through(before, take);
  if (before !== undefined) await untilRead(progress, before, caller);
  const documents = await compareAllJournals(figures, books, means, caller);
  let { compared } = documents;
  let open: Comparison[] = [];
  for await (const some of allShown(figures, books, means, caller)) {
    for (const { shown } of some) compared += Object.keys(shown).length;
    open.push(...some.filter(isOpen));
  }
  if (open.length > 0) {
    await reader.through(await store.head(), (event) => {
      take(event);
      open = open.filter(isOpen);
    });
  }
  const { journals, findings } = checks;
  const all = [...findings, ...chain.findings, ...documents.findings, ...open.flatMap(findingsOf)];
  return { events: reader.events, journals, compared, findings: all };
};
