import { BookName } from '#lumbung/contracts';
import { type EventOf, event, MemberId, Month, Rupiah, z } from '#lumbung/kernel';

export const SimpananPolicySet = event('ledger.SimpananPolicySet', 1, {
  from: Month,
  pokok: Rupiah,
  wajib: Rupiah,
  pokokInParts: z.boolean(),
});

export const MemberAccountOpened = event('ledger.MemberAccountOpened', 1, {
  book: BookName,
  member: MemberId,
  since: Month,
});

export type AccountEvent = EventOf<typeof SimpananPolicySet> | EventOf<typeof MemberAccountOpened>;
