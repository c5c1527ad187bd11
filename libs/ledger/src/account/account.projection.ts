import type { SimpananBalance, SimpananPolicy } from '#lumbung/contracts';
import {
  add,
  addMonths,
  type CooperativeCode,
  type MemberId,
  type Month,
  projection,
  type Rupiah,
  when,
  whenPosted,
  ZERO,
} from '#lumbung/kernel';
import type { Posting } from '../book/posting.policy.js';
import { OpeningSimpananEntered } from '../settlement/settlement.events.js';
import { SimpananDeposited } from '../simpanan/simpanan.events.js';
import { MemberAccountOpened, SimpananPolicySet } from './account.events.js';
import { changesOf } from './account.public.js';
import { markPaid, markPaidThrough, type Paid, withPolicy } from './dues.policy.js';

export type BalanceDocument = SimpananBalance & { cooperative: CooperativeCode | null };

const membersOf = ({ lines }: Posting) => [
  ...new Set(lines.flatMap(({ member }) => (member ? [member] : []))),
];

const linesOf = ({ lines }: Posting, member: string) => ({
  lines: lines.filter((line) => line.member === member),
});

/** Dues count from the account's opening, which comes before any payment. */
const withDue = (document: BalanceDocument, mark: (paid: Paid) => void): BalanceDocument => {
  const { paidThrough, paidAfter } = document;
  if (paidThrough === null) return document;
  const paid = { paidThrough, paidAfter: [...paidAfter] };
  mark(paid);
  return { ...document, ...paid };
};

/** A member's simpanan in both books, folded from the lines of journals. */
export const simpananBalance = projection<BalanceDocument>({
  name: 'simpanan-balance',
  version: 1,
  indexes: {},
  initial: (member) => ({
    member: member as MemberId,
    cooperative: null,
    pokok: ZERO,
    wajib: ZERO,
    sukarela: ZERO,
    owed: ZERO,
    paidThrough: null,
    paidAfter: [],
  }),
  on: [
    when(MemberAccountOpened, {
      keys: ({ data }) => (data.book === 'UMUM' ? [data.member] : []),
      evolve: (document, { data, metadata }) => ({
        ...document,
        cooperative: metadata.cooperative as CooperativeCode,
        paidThrough: addMonths(data.since, -1),
      }),
    }),
    when(SimpananDeposited, {
      keys: ({ data }) => (data.month ? [data.member] : []),
      evolve: (document, { data }) =>
        withDue(document, (paid) => markPaid(paid, data.month as Month)),
    }),
    when(OpeningSimpananEntered, {
      keys: ({ data }) => (data.posting.book === 'UMUM' ? [data.member] : []),
      evolve: (document, { data }) =>
        withDue(document, (paid) => markPaidThrough(paid, data.posting.month)),
    }),
    whenPosted<BalanceDocument, Posting>({
      keys: ({ data }) => membersOf(data.posting),
      evolve: (document, { data }, member) => {
        const changes = changesOf(linesOf(data.posting, member));
        const after = (kind: keyof typeof changes): Rupiah => add(document[kind], changes[kind]);
        return {
          ...document,
          pokok: after('pokok'),
          wajib: after('wajib'),
          sukarela: after('sukarela'),
          owed: after('owed'),
        };
      },
    }),
  ],
});

/** A cooperative's simpanan policies, by the month from which each holds. */
export const simpananPolicies = projection<{ policies: SimpananPolicy[] }>({
  name: 'simpanan-policies',
  version: 1,
  indexes: {},
  initial: () => ({ policies: [] }),
  on: [
    when(SimpananPolicySet, {
      keys: ({ metadata }) => [metadata.cooperative as string],
      evolve: ({ policies }, { data }) => ({ policies: withPolicy(policies, data) }),
    }),
  ],
});
