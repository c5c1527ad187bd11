import {
  EnterOpeningSimpanan,
  ensureLedger as ensure,
  PayResigned,
  SettleMember,
} from '#lumbung/contracts';
import {
  add,
  type Decider,
  type DeepReadonly,
  type Metadata,
  monthOf,
  type Rupiah,
  subtract,
  ZERO,
} from '#lumbung/kernel';
import {
  type Account,
  activeAccount,
  ensureStillThere,
  type Seen,
} from '../account/account.decider.js';
import { pokokPolicyFor } from '../account/dues.policy.js';
import { BETWEEN_BOOKS, CASH, CONTROL, OWED, SUSPENSE } from '../book/chart.policy.js';
import { type Line, type Posting, post } from '../book/posting.policy.js';
import {
  OpeningSimpananEntered,
  OwedSimpananPaid,
  type SettlementEvent,
  SimpananSettled,
} from './settlement.events.js';

type SettlementCommand = EnterOpeningSimpanan | SettleMember | PayResigned;

const enterOpening = ({ data }: EnterOpeningSimpanan, seen: Seen, metadata: Metadata) => {
  const { book, member, pokok, wajib, sukarela, date } = data;
  const account = activeAccount(seen, member);
  ensure(!account.opened, 'OPENING_ALREADY_ENTERED');
  ensure(monthOf(date) >= account.since, 'DATE_BEFORE_MEMBERSHIP');
  ensure(pokok >= 0 && wajib >= 0 && sukarela >= 0, 'AMOUNT_NOT_POSITIVE');
  const isSaving = book === 'USP';
  ensure(isSaving ? add(pokok, wajib) === 0 : sukarela === 0, 'WRONG_BOOK');
  if (isSaving) ensure(seen.book.uspOpen, 'USP_NOT_OPEN');
  ensure(pokok === 0 || !account.full, 'POKOK_ALREADY_PAID');
  const posting = post(seen.book, book, metadata, date, [
    { account: SUSPENSE, debit: add(pokok, wajib, sukarela) },
    { account: CONTROL.POKOK, credit: pokok, member },
    { account: CONTROL.WAJIB, credit: wajib, member },
    { account: CONTROL.SUKARELA, credit: sukarela, member },
  ]);
  const completes = !isSaving && !account.full && isWholePokok(seen, pokok, account);
  const paidUp = completes ? true : undefined;
  return [OpeningSimpananEntered({ member, pokok, wajib, sukarela, paidUp, posting })];
};

const isWholePokok = ({ accounts }: Seen, pokok: Rupiah, account: DeepReadonly<Account>) => {
  const { pokok: whole } = pokokPolicyFor(accounts.policies, account.since);
  const open = subtract(whole, account.pokok);
  ensure(pokok <= open, 'AMOUNT_IS_NOT_THE_POKOK', { open });
  return pokok === open;
};

// A candidate has no account for savings, and one who leaves at once may have none at all yet.
const NOTHING = { pokok: ZERO, wajib: ZERO, sukarela: ZERO };

const settle = ({ data }: SettleMember, seen: Seen, metadata: Metadata) => {
  const { book, member, fromUsp, date } = data;
  const isKnown = seen.accounts.members[member] !== undefined || fromUsp > 0;
  const { pokok, wajib, sukarela } = isKnown ? activeAccount(seen, member) : NOTHING;
  const amount = add(pokok, wajib, sukarela);
  const owed = add(amount, fromUsp);
  const postLines = (lines: Line[]): Posting | undefined =>
    owed === 0 ? undefined : post(seen.book, book, metadata, date, lines);
  const posting = postLines([
    { account: CONTROL.POKOK, debit: pokok, member },
    { account: CONTROL.WAJIB, debit: wajib, member },
    { account: CONTROL.SUKARELA, debit: sukarela, member },
    { account: BETWEEN_BOOKS, debit: fromUsp },
    book === 'USP'
      ? { account: BETWEEN_BOOKS, credit: owed }
      : { account: OWED, credit: owed, member },
  ]);
  return [SimpananSettled({ book, member, amount, date, posting })];
};

const payResigned = ({ data }: PayResigned, { book, accounts }: Seen, metadata: Metadata) => {
  const { member, date, channel } = data;
  const account = accounts.members[member];
  ensure(account, 'NO_SUCH_MEMBER');
  ensure(account.owed > 0, 'NOTHING_OWED');
  ensureStillThere(account, date);
  const amount = account.owed;
  const posting = post(book, 'UMUM', metadata, date, [
    { account: OWED, debit: amount, member },
    { account: CASH[channel], credit: amount },
  ]);
  return [OwedSimpananPaid({ member, amount, channel, posting })];
};

export const settlement: Decider<SettlementCommand, SettlementEvent, null, Seen> = {
  commands: [EnterOpeningSimpanan, SettleMember, PayResigned],
  events: [OpeningSimpananEntered, SimpananSettled, OwedSimpananPaid],
  // What a settlement changes are balances, and those belong to the slices that fold postings.
  initial: null,
  decide: { EnterOpeningSimpanan: enterOpening, SettleMember: settle, PayResigned: payResigned },
  evolve: {
    'ledger.OpeningSimpananEntered': () => undefined,
    'ledger.SimpananSettled': () => undefined,
    'ledger.OwedSimpananPaid': () => undefined,
  },
};
