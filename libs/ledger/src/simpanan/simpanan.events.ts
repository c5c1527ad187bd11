import { Channel, SimpananKind } from '#lumbung/contracts';
import { type EventOf, event, MemberId, Month, Rupiah, z } from '#lumbung/kernel';
import { Posting } from '../book/posting.policy.js';

const movement = {
  member: MemberId,
  kind: SimpananKind,
  amount: Rupiah,
  channel: Channel,
  posting: Posting,
};

/** `paidUp` says that this deposit completed the pokok. */
export const SimpananDeposited = event('ledger.SimpananDeposited', 1, {
  ...movement,
  month: Month.optional(),
  paidUp: z.literal(true).optional(),
});

export const SimpananWithdrawn = event('ledger.SimpananWithdrawn', 1, movement);

export type SimpananEvent = EventOf<typeof SimpananDeposited> | EventOf<typeof SimpananWithdrawn>;
