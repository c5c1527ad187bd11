import { BookName, Channel } from '#lumbung/contracts';
import { type EventOf, event, MemberId, PlainDate, Rupiah, z } from '#lumbung/kernel';
import { Posting } from '../book/posting.policy.js';

/** Simpanan from before these books, at the cut-over date, against the suspense account. */
export const OpeningSimpananEntered = event('ledger.OpeningSimpananEntered', 1, {
  member: MemberId,
  pokok: Rupiah,
  wajib: Rupiah,
  sukarela: Rupiah,
  paidUp: z.literal(true).optional(),
  posting: Posting,
});

/** A member's simpanan left one book on `date`; without a posting when there were none. */
export const SimpananSettled = event('ledger.SimpananSettled', 1, {
  book: BookName,
  member: MemberId,
  amount: Rupiah,
  date: PlainDate,
  posting: Posting.optional(),
});

export const OwedSimpananPaid = event('ledger.OwedSimpananPaid', 1, {
  member: MemberId,
  amount: Rupiah,
  channel: Channel,
  posting: Posting,
});

export type SettlementEvent =
  | EventOf<typeof OpeningSimpananEntered>
  | EventOf<typeof SimpananSettled>
  | EventOf<typeof OwedSimpananPaid>;
