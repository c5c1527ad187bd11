import {
  CollectWajib,
  DepositSimpanan,
  ensureLedger as ensure,
  WithdrawSimpanan,
} from '#lumbung/contracts';
import {
  addMonths,
  type Decider,
  type DeepReadonly,
  type Metadata,
  monthOf,
  subtract,
} from '#lumbung/kernel';
import {
  type Account,
  activeAccount,
  ensureStillThere,
  type Seen,
} from '../account/account.decider.js';
import { isPaid, pokokPolicyFor, policyFor } from '../account/dues.policy.js';
import { BOOK_OF, CASH, CONTROL } from '../book/chart.policy.js';
import { post } from '../book/posting.policy.js';
import { SimpananDeposited, type SimpananEvent, SimpananWithdrawn } from './simpanan.events.js';

type SimpananCommand = DepositSimpanan | WithdrawSimpanan | CollectWajib;
type Deposit = DepositSimpanan['data'];
type Rule = (data: Deposit, account: DeepReadonly<Account>, seen: Seen) => { completes: boolean };

// Pokok is one sum, equal for all (UU 25/1992 art. 41); the RAT may let it be paid in parts.
const pokok: Rule = ({ amount }, account, { accounts }) => {
  const { pokok: whole, pokokInParts } = pokokPolicyFor(accounts.policies, account.since);
  ensure(!account.full, 'POKOK_ALREADY_PAID');
  const open = subtract(whole, account.pokok);
  ensure(pokokInParts ? amount <= open : amount === open, 'AMOUNT_IS_NOT_THE_POKOK', { open });
  return { completes: amount === open };
};

const wajib: Rule = ({ member, month, amount, date }, account, { accounts }) => {
  ensure(month, 'MONTH_MISSING');
  ensure(month >= account.since, 'MONTH_BEFORE_MEMBERSHIP');
  ensure(month <= addMonths(monthOf(date), 12), 'MONTH_TOO_FAR_AHEAD');
  ensure(!isPaid(account, month), 'MONTH_ALREADY_PAID', { month, member });
  const { wajib: due } = policyFor(accounts.policies, month);
  ensure(due > 0, 'NO_MONTHLY_DUE');
  ensure(amount === due, 'AMOUNT_IS_NOT_THE_MONTHLY_DUE', { due });
  return { completes: false };
};

const sukarela: Rule = () => ({ completes: false });

const RULE = { POKOK: pokok, WAJIB: wajib, SUKARELA: sukarela };

const deposit = (data: Deposit, seen: Seen, metadata: Metadata, before = 0) => {
  const { member, kind, month, amount, date, channel } = data;
  ensure(amount > 0, 'AMOUNT_NOT_POSITIVE');
  ensure(kind === 'WAJIB' || !month, 'MONTH_NOT_FOR_THIS_KIND');
  ensure(kind !== 'SUKARELA' || seen.book.uspOpen, 'USP_NOT_OPEN');
  // The savings book opens an account when the pokok is paid, so it knows no calon.
  ensure(kind !== 'SUKARELA' || seen.accounts.members[member], 'MEMBER_STILL_CALON');
  const account = activeAccount(seen, member);
  ensure(monthOf(date) >= account.since, 'DATE_BEFORE_MEMBERSHIP');
  const { completes } = RULE[kind](data, account, seen);
  const lines = [
    { account: CASH[channel], debit: amount },
    { account: CONTROL[kind], credit: amount, member },
  ];
  const posting = post(seen.book, BOOK_OF[kind], metadata, date, lines, before);
  const paidUp = completes || undefined;
  return SimpananDeposited({ member, kind, month, amount, channel, paidUp, posting });
};

const collect = ({ data }: CollectWajib, seen: Seen, metadata: Metadata) => {
  const { members, ...shared } = data;
  ensure(new Set(members).size === members.length, 'MEMBER_TWICE_IN_LIST');
  const { wajib: amount } = policyFor(seen.accounts.policies, data.month);
  ensure(amount > 0, 'NO_MONTHLY_DUE');
  return members.map((member, before) =>
    deposit({ ...shared, member, kind: 'WAJIB', amount }, seen, metadata, before),
  );
};

const withdraw = ({ data }: WithdrawSimpanan, seen: Seen, metadata: Metadata) => {
  const { member, kind, amount, date, channel } = data;
  ensure(amount > 0, 'AMOUNT_NOT_POSITIVE');
  const account = activeAccount(seen, member);
  ensure(kind === 'SUKARELA', 'MEMBER_STILL_ACTIVE');
  ensure(seen.book.uspOpen, 'USP_NOT_OPEN');
  ensure(amount <= account.sukarela, 'BALANCE_TOO_LOW', { balance: account.sukarela });
  ensureStillThere(account, date);
  const posting = post(seen.book, BOOK_OF[kind], metadata, date, [
    { account: CONTROL[kind], debit: amount, member },
    { account: CASH[channel], credit: amount },
  ]);
  return [SimpananWithdrawn({ member, kind, amount, channel, posting })];
};

/** Rules only: what a deposit changes are balances, and those belong to `accounts` and `book`. */
export const simpanan: Decider<SimpananCommand, SimpananEvent, null, Seen> = {
  commands: [DepositSimpanan, WithdrawSimpanan, CollectWajib],
  events: [SimpananDeposited, SimpananWithdrawn],
  initial: null,
  decide: {
    DepositSimpanan: ({ data }, seen, metadata) => [deposit(data, seen, metadata)],
    WithdrawSimpanan: withdraw,
    CollectWajib: collect,
  },
  evolve: {
    'ledger.SimpananDeposited': () => undefined,
    'ledger.SimpananWithdrawn': () => undefined,
  },
};
