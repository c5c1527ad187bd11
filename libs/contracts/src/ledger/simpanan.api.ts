import { z } from 'zod';
import {
  type Ask,
  type Call,
  Choice,
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
} from '#lumbung/kernel';
import type { Answer } from '../answer.js';
import { BookName } from './book.api.js';

export const SimpananKind = Choice('POKOK', 'WAJIB', 'SUKARELA');
export type SimpananKind = z.infer<typeof SimpananKind>;
export const Channel = Choice('KAS', 'BANK');
export type Channel = z.infer<typeof Channel>;

/** `month` names the due that a wajib pays; the other kinds carry none. */
export const DepositSimpanan = command('DepositSimpanan', {
  cooperative: CooperativeCode,
  member: MemberId,
  kind: SimpananKind,
  month: Month.optional(),
  amount: Rupiah,
  date: PlainDate,
  channel: Channel,
});
export type DepositSimpanan = CommandOf<typeof DepositSimpanan>;

export const WithdrawSimpanan = command('WithdrawSimpanan', {
  cooperative: CooperativeCode,
  member: MemberId,
  kind: SimpananKind,
  amount: Rupiah,
  date: PlainDate,
  channel: Channel,
});
export type WithdrawSimpanan = CommandOf<typeof WithdrawSimpanan>;

/** The monthly due of several members at once: all of them, or none. */
export const CollectWajib = command('CollectWajib', {
  cooperative: CooperativeCode,
  month: Month,
  members: z.array(MemberId).min(1, 'NO_SUCH_MEMBER').max(500, 'TOO_MANY_MEMBERS'),
  date: PlainDate,
  channel: Channel,
});
export type CollectWajib = CommandOf<typeof CollectWajib>;

/** What the RAT decided, from a month on; rupiah per member and, for wajib, per month. */
export const SetSimpananPolicy = command('SetSimpananPolicy', {
  cooperative: CooperativeCode,
  from: Month,
  pokok: Rupiah,
  wajib: Rupiah,
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

export type Receipt = Answer & { voucher: string; balance: SimpananBalance };
export type Collection = Answer & { vouchers: string[]; total: Rupiah };

export const FindBalances = query({ members: z.array(MemberId).max(500) });
export const FindPolicies = query({ cooperative: CooperativeCode });

export abstract class SimpananApi {
  static readonly face = face<SimpananApi>('ledger.simpanan', {
    deposit: DepositSimpanan,
    withdraw: WithdrawSimpanan,
    collectWajib: CollectWajib,
    setPolicy: SetSimpananPolicy,
    openAccount: OpenMemberAccount,
    balances: FindBalances,
    policies: FindPolicies,
  });

  abstract deposit(call: Call<typeof DepositSimpanan>): Promise<Receipt>;
  abstract withdraw(call: Call<typeof WithdrawSimpanan>): Promise<Receipt>;
  abstract collectWajib(call: Call<typeof CollectWajib>): Promise<Collection>;
  abstract setPolicy(call: Call<typeof SetSimpananPolicy>): Promise<Answer>;
  abstract openAccount(call: Call<typeof OpenMemberAccount>): Promise<Answer>;
  /** In the order asked; zeros for a member without an entry. */
  abstract balances(ask: Ask<typeof FindBalances>): Promise<SimpananBalance[]>;
  /** By the month from which each holds. */
  abstract policies(ask: Ask<typeof FindPolicies>): Promise<SimpananPolicy[]>;
}
