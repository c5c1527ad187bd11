import {
  DepositSimpanan,
  EnterOpeningSimpanan,
  OpenMemberAccount,
  PayResigned,
  SettleMember,
  WithdrawSimpanan,
} from '#lumbung/contracts';
import { type DomainEvent, dataOf, date, type EventDeclaration, ZERO } from '#lumbung/kernel';
import { given } from '#lumbung/kernel/testing';
import { bookStream } from '../book/book.stream.js';
import type { Posting } from '../book/posting.policy.js';
import {
  COOPERATIVE,
  closed,
  followedBy,
  licensed,
  opened,
  policy,
  SITI,
} from '../testing/samples.js';
import { OpeningSimpananEntered, OwedSimpananPaid, SimpananSettled } from './settlement.events.js';

const siti = { cooperative: COOPERATIVE, member: SITI, date: '2026-03-02' };
const opening = { ...siti, book: 'UMUM', pokok: 100_000, wajib: 240_000, sukarela: 0 };
const saving = { ...siti, book: 'USP', pokok: 0, wajib: 0, sukarela: 75_000 };
const deposit = { ...siti, channel: 'KAS' };
const pokok = { ...deposit, kind: 'POKOK', amount: 100_000 };
const wajib = { ...deposit, kind: 'WAJIB', amount: 20_000, month: '2026-03' };

const umum = [policy(), opened('UMUM')];
const usp = [licensed, opened('USP')];
const entered = followedBy(umum, EnterOpeningSimpanan, opening);

const lastOf = <D>(declaration: EventDeclaration<string, D>, events: DomainEvent[]): D => {
  const data = dataOf(declaration, events).at(-1);
  if (!data) throw new Error(`no ${declaration.type} happened`);
  return data;
};
const linesOf = ({ posting }: { posting?: Posting }) =>
  posting?.lines.map(({ account, debit, credit, member }) => [
    account,
    (debit ?? 0) - (credit ?? 0),
    member === SITI,
  ]);

describe('an opening', () => {
  it('credits what was held before these books, against the suspense account', () => {
    const event = lastOf(OpeningSimpananEntered, entered);
    expect(event).toMatchObject({ pokok: 100_000, wajib: 240_000, sukarela: 0, paidUp: true });
    expect(linesOf(event)).toEqual([
      ['1909', 340_000, false],
      ['3101', -100_000, true],
      ['3102', -240_000, true],
    ]);
    const ofUsp = followedBy(usp, EnterOpeningSimpanan, saving);
    expect(linesOf(lastOf(OpeningSimpananEntered, ofUsp))).toEqual([
      ['1909', 75_000, false],
      ['2101', -75_000, true],
    ]);
  });

  it('settles the wajib of every month up to the cut-over', () => {
    given(bookStream, ...entered)
      .when(DepositSimpanan, wajib)
      .rejects('MONTH_ALREADY_PAID');
    const april = { ...wajib, month: '2026-04' };
    expect(followedBy(entered, DepositSimpanan, april)).toHaveLength(entered.length + 1);
  });

  it('of a part of the pokok leaves the rest to be paid', () => {
    const part = followedBy(umum, EnterOpeningSimpanan, { ...opening, pokok: 60_000 });
    expect(lastOf(OpeningSimpananEntered, part).paidUp).toBeUndefined();
    given(bookStream, ...part)
      .when(DepositSimpanan, pokok)
      .rejects('AMOUNT_IS_NOT_THE_POKOK', { open: 40_000 });
    const rest = followedBy(part, DepositSimpanan, { ...pokok, amount: 40_000 });
    expect(rest.at(-1)?.data).toMatchObject({ paidUp: true });
  });

  type Row = [string, DomainEvent[], Record<string, unknown>, string];
  it.each<Row>([
    ['a second time', entered, { ...opening, pokok: 0 }, 'OPENING_ALREADY_ENTERED'],
    [
      'of a pokok that is already paid',
      followedBy(umum, DepositSimpanan, pokok),
      opening,
      'POKOK_ALREADY_PAID',
    ],
    ['of more than the pokok', umum, { ...opening, pokok: 100_001 }, 'AMOUNT_IS_NOT_THE_POKOK'],
    ['of less than nothing', umum, { ...opening, wajib: -1 }, 'AMOUNT_NOT_POSITIVE'],
    ['of nothing', umum, { ...opening, pokok: 0, wajib: 0 }, 'AMOUNT_NOT_POSITIVE'],
    ['of sukarela in the general book', umum, { ...opening, sukarela: 1 }, 'WRONG_BOOK'],
    ['of pokok in the savings book', usp, { ...saving, pokok: 1 }, 'WRONG_BOOK'],
    ['in a savings book without a licence', [opened('USP')], saving, 'USP_NOT_OPEN'],
    ['before the terms are set', [opened('UMUM')], opening, 'TERMS_NOT_SET'],
    ['of an unknown member', [policy()], opening, 'NO_SUCH_MEMBER'],
    ['of before he came', umum, { ...opening, date: '2006-03-02' }, 'DATE_BEFORE_MEMBERSHIP'],
    ['after today', umum, { ...opening, date: '2026-03-03' }, 'DATE_IN_FUTURE'],
    ['in a closed month', [...umum, closed], opening, 'MONTH_CLOSED'],
  ])('is refused %s', (_, history, data, code) => {
    given(bookStream, ...history)
      .when(EnterOpeningSimpanan, data)
      .rejects(code);
  });
});

describe('a settlement', () => {
  const leaveUsp = { ...siti, book: 'USP', fromUsp: 0 };
  const leaveUmum = { ...siti, book: 'UMUM', fromUsp: 75_000 };
  const saved = followedBy(usp, EnterOpeningSimpanan, saving);
  const left = followedBy(entered, SettleMember, leaveUmum);

  it('sends sukarela from the savings book over the account between the books', () => {
    const settled = lastOf(SimpananSettled, followedBy(saved, SettleMember, leaveUsp));
    expect(settled).toMatchObject({ book: 'USP', amount: 75_000, date: '2026-03-02' });
    expect(linesOf(settled)).toEqual([
      ['2101', 75_000, true],
      ['1901', -75_000, false],
    ]);
  });

  it('owes all of it in the general book', () => {
    const settled = lastOf(SimpananSettled, left);
    expect(settled).toMatchObject({ book: 'UMUM', amount: 340_000, date: '2026-03-02' });
    expect(linesOf(settled)).toEqual([
      ['3101', 100_000, true],
      ['3102', 240_000, true],
      ['1901', 75_000, false],
      ['2146', -415_000, true],
    ]);
  });

  it('of somebody who held nothing has its day, but no journal', () => {
    const settled = { member: SITI, book: 'UMUM', date: date('2026-02-10') } as const;
    given(bookStream, ...umum)
      .when(SettleMember, { ...siti, ...settled, fromUsp: 0 })
      .yields(SimpananSettled({ ...settled, amount: ZERO }));
  });

  it('passes on what came from the savings book, also of a member without other simpanan', () => {
    const settled = lastOf(SimpananSettled, followedBy(umum, SettleMember, leaveUmum));
    expect(linesOf(settled)).toEqual([
      ['1901', 75_000, false],
      ['2146', -75_000, true],
    ]);
  });

  it('happens once, in an open month, for a member', () => {
    given(bookStream, ...left)
      .when(SettleMember, leaveUmum)
      .rejects('MEMBER_LEAVING');
    given(bookStream, ...entered, closed)
      .when(SettleMember, leaveUmum)
      .rejects('MONTH_CLOSED');
    given(bookStream).when(SettleMember, leaveUmum).rejects('NO_SUCH_MEMBER');
  });

  it('of somebody who has no account yet leaves him without one', () => {
    const gone = followedBy([policy()], SettleMember, { ...leaveUmum, fromUsp: 0 });
    expect(lastOf(SimpananSettled, gone)).not.toHaveProperty('posting');
    given(bookStream, ...gone)
      .when(OpenMemberAccount, { ...siti, book: 'UMUM', since: '2026-01' })
      .yields();
    given(bookStream, ...gone)
      .when(DepositSimpanan, pokok)
      .rejects('MEMBER_LEAVING');
  });

  it('leaves nothing to withdraw', () => {
    given(bookStream, ...followedBy(saved, SettleMember, leaveUsp))
      .when(WithdrawSimpanan, { ...deposit, kind: 'SUKARELA', amount: 1 })
      .rejects('MEMBER_LEAVING');
  });

  it('is paid out of cash or bank, once', () => {
    const paid = followedBy(left, PayResigned, { ...deposit, channel: 'BANK' });
    const payment = lastOf(OwedSimpananPaid, paid);
    expect(payment).toMatchObject({ amount: 415_000, channel: 'BANK' });
    expect(linesOf(payment)).toEqual([
      ['2146', 415_000, true],
      ['1111', -415_000, false],
    ]);
    given(bookStream, ...paid)
      .when(PayResigned, deposit)
      .rejects('NOTHING_OWED');
    given(bookStream, ...left)
      .when(PayResigned, { ...deposit, date: '2026-03-01' })
      .rejects('DATE_BEFORE_LAST_MOVE', { lastOn: '2026-03-02' });
    given(bookStream, ...entered)
      .when(PayResigned, deposit)
      .rejects('NOTHING_OWED');
    given(bookStream).when(PayResigned, deposit).rejects('NO_SUCH_MEMBER');
  });
});
