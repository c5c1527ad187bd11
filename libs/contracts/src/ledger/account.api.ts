import {
  Amount,
  type Ask,
  type Call,
  type CommandOf,
  CooperativeCode,
  command,
  face,
  MemberId,
  Month,
  PlainDate,
  publicEvent,
  query,
  Rupiah,
  z,
} from '#lumbung/kernel';
import type { Answer } from '../answer.js';
import { BookName } from './book.api.js';

/** What the RAT decided, from a month on; rupiah per member and, for wajib, per month. */
export const SetSimpananPolicy = command('SetSimpananPolicy', {
  cooperative: CooperativeCode,
  from: Month,
  pokok: Amount,
  wajib: Amount,
  pokokInParts: z.boolean(),
});
export type SetSimpananPolicy = CommandOf<typeof SetSimpananPolicy>;

/** Sent by a workflow: in `UMUM` when a candidate is admitted, in `USP` when his pokok is paid. */
export const OpenMemberAccount = command('OpenMemberAccount', {
  cooperative: CooperativeCode,
  book: BookName,
  member: MemberId,
  since: Month,
});
export type OpenMemberAccount = CommandOf<typeof OpenMemberAccount>;

/** Any journal's effect on simpanan, in rupiah; negative for money that left. */
export const SimpananChanged = publicEvent('ledger.SimpananChanged', 1, {
  cooperative: CooperativeCode,
  pokok: Rupiah,
  wajib: Rupiah,
  sukarela: Rupiah,
  date: PlainDate,
});

export const PokokPaidUp = publicEvent('ledger.PokokPaidUp', 1, {
  cooperative: CooperativeCode,
  member: MemberId,
  on: PlainDate,
});

/** `paidThrough` is the last month up to which every due is paid; `paidAfter` others, in order. */
export type SimpananBalance = {
  member: MemberId;
  pokok: Rupiah;
  wajib: Rupiah;
  sukarela: Rupiah;
  /** Owed to somebody who left (account 2146). */
  owed: Rupiah;
  paidThrough: Month | null;
  paidAfter: Month[];
};

export type SimpananPolicy = { from: Month; pokok: Rupiah; wajib: Rupiah; pokokInParts: boolean };

export const FindBalances = query({ members: z.array(MemberId).max(500) });
export const FindPolicies = query({ cooperatives: z.array(CooperativeCode).max(500) });

export abstract class AccountApi {
  static readonly face = face<AccountApi>('ledger.account', {
    setPolicy: SetSimpananPolicy,
    open: OpenMemberAccount,
    balances: FindBalances,
    policies: FindPolicies,
  });

  abstract setPolicy(call: Call<typeof SetSimpananPolicy>): Promise<Answer>;
  abstract open(call: Call<typeof OpenMemberAccount>): Promise<Answer>;
  /** In the order asked; zeros for a member without an entry. */
  abstract balances(ask: Ask<typeof FindBalances>): Promise<SimpananBalance[]>;
  /** In the order asked; those of one cooperative by the month from which each holds. */
  abstract policies(ask: Ask<typeof FindPolicies>): Promise<SimpananPolicy[][]>;
}
