import fc from 'fast-check';
import {
  CloseMonth,
  CollectWajib,
  DepositSimpanan,
  EnterOpeningSimpanan,
  OpenMemberAccount,
  PayResigned,
  SetSimpananPolicy,
  SettleMember,
  WithdrawSimpanan,
} from '#lumbung/contracts';
import {
  type DomainEvent,
  dataOf,
  type MemberId,
  type Recorded,
  Rejection,
  type Rupiah,
  type State,
  sum,
  uuidOf,
  whyNotJson,
} from '#lumbung/kernel';
import { documentsOf, recorded, TEST_METADATA } from '#lumbung/kernel/testing';
import type { Accounts } from '../account/account.decider.js';
import { simpananBalance } from '../account/account.projection.js';
import { SimpananSettled } from '../settlement/settlement.events.js';
import { BUDI, COOPERATIVE, licensed, opened, policy, SITI } from '../testing/samples.js';
import type { Book } from './book.decider.js';
import { bookKey, books } from './book.projection.js';
import { bookStream } from './book.stream.js';
import { BETWEEN_BOOKS, CONTROL, OWED, SUSPENSE } from './chart.policy.js';
import type { Posting } from './posting.policy.js';

const TODAY = TEST_METADATA.businessDate;
const MEMBERS = [SITI, BUDI, uuidOf('test', 'wati') as MemberId];
const SUB_LEDGERS = {
  pokok: CONTROL.POKOK,
  wajib: CONTROL.WAJIB,
  sukarela: CONTROL.SUKARELA,
  owed: OWED,
} as const;
type BookName = 'UMUM' | 'USP';

/** Both books of one cooperative, as the runner would hold them, and the log of both. */
const openBooks = () => {
  const states: Record<BookName, State> = { UMUM: bookStream.initial(), USP: bookStream.initial() };
  const log: Recorded[] = [];
  const happen = (book: BookName, events: DomainEvent[]) => {
    for (const event of events) {
      expect(bookStream.declaration(event.type)?.schema.parse(event.data)).toEqual(event.data);
      expect(whyNotJson(event.data)).toBeUndefined();
      const placed = recorded(event, log.length);
      expect(bookStream.evolve(states[book], placed)).toBe(true);
      log.push(placed);
    }
    return events;
  };
  /** The events that followed, none when it was refused. */
  const ask = (book: BookName, { type }: { type: string }, data: object): DomainEvent[] => {
    const command = { type, data: { cooperative: COOPERATIVE, book, ...data } };
    try {
      return happen(book, bookStream.decide(states[book], command, TEST_METADATA));
    } catch (error) {
      if (error instanceof Rejection) return [];
      throw error;
    }
  };
  return { log, states, happen, ask };
};
type Books = ReturnType<typeof openBooks>;

const bookOf = ({ states }: Books, book: BookName) => states[book].book as Book;
const accountsOf = ({ states }: Books, book: BookName) => states[book].accounts as Accounts;

/** What the workflows do on the day that somebody leaves: savings first, then the rest. */
const leave = (all: Books, member: MemberId, date: string) => {
  const usp = all.ask('USP', SettleMember, { member, fromUsp: 0, date });
  const [settled] = dataOf(SimpananSettled, usp);
  if (accountsOf(all, 'USP').members[member] && !settled) return;
  const rest = { member, fromUsp: settled?.amount ?? 0 };
  const happened = all.ask('UMUM', SettleMember, { ...rest, date });
  if (happened.length === 0) all.ask('UMUM', SettleMember, { ...rest, date: TODAY });
};

/** And for somebody who comes: an account in the general book, and one for savings after it. */
const join = (all: Books, member: MemberId, since: string) => {
  all.ask('UMUM', OpenMemberAccount, { member, since });
  const account = accountsOf(all, 'UMUM').members[member];
  if (account?.full && !account.left) all.ask('USP', OpenMemberAccount, { member, since });
};

const member = fc.constantFrom(...MEMBERS);
const date = fc.constantFrom('2025-12-30', '2026-01-15', '2026-02-10', '2026-03-02', '2026-03-03');
const month = fc.constantFrom('2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2027-04');
const amount = fc.constantFrom(0, 1, 20_000, 25_000, 40_000, 60_000, 100_000);
const channel = fc.constantFrom('KAS', 'BANK');
const bookName = fc.constantFrom<BookName>('UMUM', 'USP');
type Act = (all: Books) => unknown;

const asking = (
  book: fc.Arbitrary<BookName>,
  command: { type: string },
  fields: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Act> =>
  fc.tuple(book, fc.record(fields)).map(
    ([name, data]) =>
      (all) =>
        all.ask(name, command, data),
  );

const umum = fc.constant<BookName>('UMUM');
const usp = fc.constant<BookName>('USP');
const none = fc.constant(0);
const shared = { member, amount, date, channel };
const held = { member, date, pokok: amount, wajib: amount, sukarela: none };
const terms = { from: month, pokok: amount, wajib: amount, pokokInParts: fc.boolean() };

const act = fc.oneof(
  asking(umum, DepositSimpanan, { ...shared, kind: fc.constant('POKOK') }),
  asking(umum, DepositSimpanan, { ...shared, kind: fc.constant('WAJIB'), month }),
  asking(usp, DepositSimpanan, { ...shared, kind: fc.constant('SUKARELA') }),
  asking(usp, WithdrawSimpanan, { ...shared, kind: fc.constantFrom('SUKARELA', 'POKOK') }),
  asking(umum, CollectWajib, {
    month,
    members: fc.subarray(MEMBERS, { minLength: 1 }),
    date,
    channel,
  }),
  asking(umum, EnterOpeningSimpanan, held),
  asking(usp, EnterOpeningSimpanan, { ...held, pokok: none, wajib: none, sukarela: amount }),
  asking(umum, SetSimpananPolicy, terms),
  asking(bookName, CloseMonth, { month }),
  asking(umum, PayResigned, { member, date, channel }),
  fc.tuple(member, month).map(
    ([who, since]): Act =>
      (all) =>
        join(all, who, since),
  ),
  fc.tuple(member, date).map(
    ([who, on]): Act =>
      (all) =>
        leave(all, who, on),
  ),
);

/** A cooperative with a licence, terms and two members, and whatever happens to it. */
const life = fc.array(act, { minLength: 20, maxLength: 80 }).map((acts) => {
  const all = openBooks();
  const members = [SITI, BUDI];
  all.happen('UMUM', [policy({ pokokInParts: true }), ...members.map((id) => opened('UMUM', id))]);
  all.happen('USP', [licensed, ...members.map((id) => opened('USP', id))]);
  const founded = all.log.length;
  for (const happens of acts) happens(all);
  return { all, happened: all.log.length - founded };
});

const postingsOf = ({ log }: Books, book: BookName) =>
  log
    .map(({ data }) => (data as { posting?: Posting }).posting)
    .filter((posting) => posting?.book === book) as Posting[];
const BOOKS = ['UMUM', 'USP'] as const;
const holds = (check: (all: Books, book: BookName) => void) =>
  fc.assert(
    fc.property(life, ({ all }) => {
      for (const book of BOOKS) check(all, book);
    }),
    { numRuns: 60 },
  );

describe('whatever is asked of the books', () => {
  it('much of it happens', () => {
    const lives = fc.sample(life, { numRuns: 100, seed: 1 });
    const happened = lives.reduce((events, life) => events + life.happened, 0);
    const kinds = new Set(lives.flatMap(({ all }) => all.log.map(({ type }) => type)));
    expect(happened).toBeGreaterThan(500);
    expect([...kinds].sort()).toEqual(
      Object.values(bookStream.slices)
        .flatMap(({ events }) => events.map(({ type }) => type))
        .filter((type, at, types) => types.indexOf(type) === at)
        .sort(),
    );
  });

  it('debit equals credit', () => {
    holds((all, book) => {
      expect(sum(Object.values(bookOf(all, book).balances))).toBe(0);
    });
  });

  it('each sub-ledger equals its control account', () => {
    holds((all, book) => {
      const members = Object.values(accountsOf(all, book).members);
      for (const [kind, account] of Object.entries(SUB_LEDGERS)) {
        const held = sum(members.map((member) => member[kind as keyof typeof SUB_LEDGERS]));
        expect(held).toBe(-(bookOf(all, book).balances[account] ?? 0) + 0);
      }
    });
  });

  it('nobody holds less than nothing, and nobody more than the pokok that was set', () => {
    holds((all, book) => {
      for (const account of Object.values(accountsOf(all, book).members)) {
        for (const kind of ['pokok', 'wajib', 'sukarela', 'owed'] as const) {
          expect(account[kind]).toBeGreaterThanOrEqual(0);
        }
        expect(account.pokok).toBeLessThanOrEqual(100_000);
        if (account.left)
          expect([account.pokok, account.wajib, account.sukarela]).toEqual([0, 0, 0]);
      }
    });
  });

  it('vouchers have no gap in any year', () => {
    holds((all, book) => {
      const byYear = new Map<string, number[]>();
      for (const { date, voucher } of postingsOf(all, book)) {
        const year = date.slice(0, 4);
        byYear.set(year, [...(byYear.get(year) ?? []), voucher]);
      }
      for (const vouchers of byYear.values()) {
        expect(vouchers).toEqual(vouchers.map((_, index) => index + 1));
      }
      const [first, ...others] = postingsOf(all, book);
      expect(first === undefined || first.first).toBe(true);
      expect(others.some(({ first }) => first)).toBe(false);
    });
  });

  it('no journal comes into a closed month', () => {
    holds((all, book) => {
      let closedThrough = '';
      for (const { type, data } of all.log) {
        const {
          posting,
          month,
          book: of,
        } = data as { posting?: Posting; month: string; book: string };
        if (type === 'ledger.PeriodClosed' && of === book) closedThrough = month;
        if (posting?.book === book) expect(posting.month > closedThrough).toBe(true);
      }
    });
  });

  it('cash is not invented: what was brought in stands against the suspense account', () => {
    holds((all, book) => {
      const brought = all.log
        .filter(({ type }) => type === 'ledger.OpeningSimpananEntered')
        .map(
          ({ data }) =>
            data as { pokok: Rupiah; wajib: Rupiah; sukarela: Rupiah; posting: Posting },
        )
        .filter(({ posting }) => posting.book === book)
        .flatMap(({ pokok, wajib, sukarela }) => [pokok, wajib, sukarela]);
      expect(bookOf(all, book).balances[SUSPENSE] ?? 0).toBe(sum(brought));
    });
  });

  it('a balance that is shown is the one that was decided on', () => {
    holds((all) => {
      const shown = documentsOf(simpananBalance, all.log);
      for (const id of MEMBERS) {
        const [umum, usp] = BOOKS.map((book) => accountsOf(all, book).members[id]);
        const document = shown.get(id);
        // He left before he had an account, so there is nothing to show.
        if (umum?.left && !document) continue;
        for (const kind of ['pokok', 'wajib', 'sukarela', 'owed'] as const) {
          expect(document?.[kind] ?? 0).toBe((umum?.[kind] ?? 0) + (usp?.[kind] ?? 0));
        }
        expect(document?.paidThrough ?? null).toBe(umum?.paidThrough ?? null);
        expect(document?.paidAfter ?? []).toEqual(umum?.paidAfter ?? []);
      }
    });
  });

  it('a book that is shown is the one that was decided on', () => {
    holds((all, book) => {
      const shown = documentsOf(books, all.log).get(bookKey(COOPERATIVE, book));
      const decided = bookOf(all, book);
      expect(shown?.balances ?? {}).toEqual(decided.balances);
      expect(shown?.closedThrough ?? null).toBe(decided.closedThrough);
      expect(shown?.journalCount ?? 0).toBe(postingsOf(all, book).length);
    });
  });

  it('what one book sends over to the other arrives there', () => {
    holds((all) => {
      const between = BOOKS.map((book) => bookOf(all, book).balances[BETWEEN_BOOKS] ?? 0);
      expect((between[0] ?? 0) + (between[1] ?? 0)).toBe(0);
    });
  });

  it('the state is plain JSON, so a checkpoint loses nothing of it', () => {
    holds(({ states }, book) => {
      expect(JSON.parse(JSON.stringify(states[book]))).toEqual(states[book]);
    });
  });
});
