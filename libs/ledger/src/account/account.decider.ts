import {
  ensureLedger as ensure,
  OpenMemberAccount,
  SetSimpananPolicy,
  type SimpananPolicy,
} from '#lumbung/contracts';
import {
  add,
  addMonths,
  type Decider,
  type DeepReadonly,
  type EventOf,
  type MemberId,
  type Metadata,
  type Month,
  monthOf,
  type PlainDate,
  type Rupiah,
  subtract,
  the,
  ZERO,
} from '#lumbung/kernel';
import type { Book } from '../book/book.decider.js';
import { CONTROL, OWED } from '../book/chart.policy.js';
import type { Posting } from '../book/posting.policy.js';
import { OpeningSimpananEntered, SimpananSettled } from '../settlement/settlement.events.js';
import { SimpananDeposited } from '../simpanan/simpanan.events.js';
import { type AccountEvent, MemberAccountOpened, SimpananPolicySet } from './account.events.js';
import { markPaid, markPaidThrough, type Paid, withPolicy } from './dues.policy.js';

/** `full`: the pokok is paid, so its owner is a member; `left`: his simpanan were settled. */
export type Account = Paid & {
  since: Month;
  full: boolean;
  left: boolean;
  /** What he held before these books began is entered. */
  opened: boolean;
  pokok: Rupiah;
  wajib: Rupiah;
  sukarela: Rupiah;
  owed: Rupiah;
  /** The date of the latest journal on it. */
  movedOn: PlainDate | null;
};

/** `used` says that something was collected under the policies. */
export type Accounts = {
  policies: SimpananPolicy[];
  used: boolean;
  members: Record<MemberId, Account>;
};

export type Seen = DeepReadonly<{ book: Book; accounts: Accounts }>;

type AccountCommand = SetSimpananPolicy | OpenMemberAccount;
type Folded =
  | AccountEvent
  | EventOf<typeof SimpananDeposited>
  | EventOf<typeof OpeningSimpananEntered>
  | EventOf<typeof SimpananSettled>;

/** The account of somebody who has not left. Rejects NO_SUCH_MEMBER, MEMBER_LEAVING. */
export const activeAccount = ({ accounts }: Seen, member: MemberId): DeepReadonly<Account> => {
  const account = accounts.members[member];
  ensure(account, 'NO_SUCH_MEMBER');
  ensure(!account.left, 'MEMBER_LEAVING');
  return account;
};

/**
 * Money leaves an account no earlier than it last moved, so its balance was there on that day too.
 * Rejects DATE_BEFORE_LAST_MOVE.
 */
export const ensureStillThere = (
  { movedOn }: DeepReadonly<Pick<Account, 'movedOn'>>,
  date: PlainDate,
): void => {
  const lastOn = movedOn ?? date;
  ensure(date >= lastOn, 'DATE_BEFORE_LAST_MOVE', { lastOn });
};

const setPolicy = ({ data }: SetSimpananPolicy, { accounts }: Seen, meta: Metadata) => {
  const { from, pokok, wajib, pokokInParts } = data;
  ensure(pokok > 0 && wajib >= 0, 'AMOUNT_NOT_POSITIVE');
  // What is past was collected under a policy, which nobody may change afterwards; a month that
  // was paid ahead stays paid, whatever its due becomes.
  ensure(!accounts.used || from > monthOf(meta.businessDate), 'TERMS_ALREADY_IN_USE');
  return [SimpananPolicySet({ from, pokok, wajib, pokokInParts })];
};

const emptyAccount = (since: Month, state: Pick<Account, 'full' | 'left'>): Account => ({
  since,
  ...state,
  opened: false,
  pokok: ZERO,
  wajib: ZERO,
  sukarela: ZERO,
  owed: ZERO,
  movedOn: null,
  paidThrough: addMonths(since, -1),
  paidAfter: [],
});

const openAccount = ({ data: { book, member, since } }: OpenMemberAccount, { accounts }: Seen) =>
  accounts.members[member] ? [] : [MemberAccountOpened({ book, member, since })];

/** The sub-ledger that a control account's lines belong to. */
export const SUB_LEDGER: Readonly<Record<string, 'pokok' | 'wajib' | 'sukarela' | 'owed'>> = {
  [CONTROL.POKOK]: 'pokok',
  [CONTROL.WAJIB]: 'wajib',
  [CONTROL.SUKARELA]: 'sukarela',
  [OWED]: 'owed',
};

export const accounts: Decider<
  AccountCommand,
  Folded,
  Accounts,
  { accounts: Accounts; book: Book }
> = {
  commands: [SetSimpananPolicy, OpenMemberAccount],
  events: [
    SimpananPolicySet,
    MemberAccountOpened,
    SimpananDeposited,
    OpeningSimpananEntered,
    SimpananSettled,
  ],
  initial: { policies: [], used: false, members: {} },
  decide: { SetSimpananPolicy: setPolicy, OpenMemberAccount: openAccount },
  evolve: {
    'ledger.SimpananPolicySet': (state, policy) => {
      state.policies = withPolicy(state.policies, policy);
    },
    'ledger.MemberAccountOpened': ({ members }, { book, member, since }) => {
      // The account in the savings book is opened because the pokok is paid.
      members[member] = emptyAccount(since, { full: book === 'USP', left: false });
    },
    'ledger.SimpananDeposited': (state, { member, month, paidUp }) => {
      const account = the(state.members, member);
      state.used = true;
      if (paidUp) account.full = true;
      if (month) markPaid(account, month);
    },
    'ledger.OpeningSimpananEntered': (state, { member, paidUp, posting }) => {
      const account = the(state.members, member);
      state.used = true;
      account.opened = true;
      if (paidUp) account.full = true;
      markPaidThrough(account, posting.month);
    },
    'ledger.SimpananSettled': ({ members }, { member, date }) => {
      // Whoever left before his account was opened gets none afterwards.
      members[member] ??= emptyAccount(monthOf(date), { full: false, left: true });
      members[member].left = true;
    },
  },
  // The sub-ledger is the fold of the journals' lines, so it cannot differ from its control.
  onPosting: ({ members }: Accounts, { date, lines }: Posting) => {
    for (const { account, member, debit = ZERO, credit = ZERO } of lines) {
      const kind = SUB_LEDGER[account];
      if (!member || !kind) continue;
      const owner = the(members, member);
      owner[kind] = subtract(add(owner[kind], credit), debit);
      if (owner.movedOn === null || date > owner.movedOn) owner.movedOn = date;
    }
  },
};
