import {
  Amount,
  type Call,
  Choice,
  type CommandOf,
  CooperativeCode,
  command,
  face,
  MemberId,
  Month,
  PlainDate,
  Rupiah,
  z,
} from '#lumbung/kernel';
import type { Answer } from '../answer.js';

export const SimpananKind = Choice('POKOK', 'WAJIB', 'SUKARELA');
export type SimpananKind = z.infer<typeof SimpananKind>;
export const Channel = Choice('KAS', 'BANK');
export type Channel = z.infer<typeof Channel>;

const movement = {
  cooperative: CooperativeCode,
  member: MemberId,
  kind: SimpananKind,
  amount: Amount,
  date: PlainDate,
  channel: Channel,
};

/** `month` names the due that a wajib pays; the other kinds carry none. */
export const DepositSimpanan = command('DepositSimpanan', {
  ...movement,
  month: Month.optional(),
});
export type DepositSimpanan = CommandOf<typeof DepositSimpanan>;

export const WithdrawSimpanan = command('WithdrawSimpanan', movement);
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

/** The voucher of one journal; whoever shows the balance after it waits for `position`. */
export type Receipt = Answer & { voucher: string; member: MemberId };
export type Collection = Answer & { vouchers: string[]; total: Rupiah };

export abstract class SimpananApi {
  static readonly face = face<SimpananApi>('ledger.simpanan', {
    deposit: DepositSimpanan,
    withdraw: WithdrawSimpanan,
    collectWajib: CollectWajib,
  });

  abstract deposit(call: Call<typeof DepositSimpanan>): Promise<Receipt>;
  abstract withdraw(call: Call<typeof WithdrawSimpanan>): Promise<Receipt>;
  /** Vouchers in the order of `members`. */
  abstract collectWajib(call: Call<typeof CollectWajib>): Promise<Collection>;
}
