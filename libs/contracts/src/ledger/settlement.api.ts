import {
  Amount,
  type Call,
  type CommandOf,
  CooperativeCode,
  command,
  face,
  MemberId,
  PlainDate,
  publicEvent,
  Rupiah,
} from '#lumbung/kernel';
import type { Answer } from '../answer.js';
import { BookName } from './book.api.js';
import { Channel, type Receipt } from './simpanan.api.js';

/**
 * Simpanan held before the first entry here, at the cut-over date, against the suspense account
 * 1909: cash is not invented. One book's kinds in one command.
 */
export const EnterOpeningSimpanan = command('EnterOpeningSimpanan', {
  cooperative: CooperativeCode,
  book: BookName,
  member: MemberId,
  pokok: Amount,
  wajib: Amount,
  sukarela: Amount,
  date: PlainDate,
});
export type EnterOpeningSimpanan = CommandOf<typeof EnterOpeningSimpanan>;

/**
 * Sent by the workflow `resignation` on the effective date: first in `USP`, whose sukarela goes
 * by account 1901, then in `UMUM` with that amount, where all becomes owed (2146).
 */
export const SettleMember = command('SettleMember', {
  cooperative: CooperativeCode,
  book: BookName,
  member: MemberId,
  fromUsp: Rupiah,
  date: PlainDate,
});
export type SettleMember = CommandOf<typeof SettleMember>;

export const PayResigned = command('PayResigned', {
  cooperative: CooperativeCode,
  member: MemberId,
  date: PlainDate,
  channel: Channel,
});
export type PayResigned = CommandOf<typeof PayResigned>;

/** A member's simpanan in one book were settled; `amount` left that book's simpanan. */
export const MemberSettled = publicEvent('ledger.MemberSettled', 1, {
  cooperative: CooperativeCode,
  book: BookName,
  member: MemberId,
  amount: Rupiah,
  date: PlainDate,
});

export abstract class SettlementApi {
  static readonly face = face<SettlementApi>('ledger.settlement', {
    enterOpening: EnterOpeningSimpanan,
    settle: SettleMember,
    payResigned: PayResigned,
  });

  abstract enterOpening(call: Call<typeof EnterOpeningSimpanan>): Promise<Answer>;
  abstract settle(call: Call<typeof SettleMember>): Promise<Answer>;
  abstract payResigned(call: Call<typeof PayResigned>): Promise<Receipt>;
}
