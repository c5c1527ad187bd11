import { ResignationReason, Sex } from '#lumbung/contracts';
import {
  type EventOf,
  event,
  MemberId,
  PersonId,
  PlainDate,
  Sealed,
  VillageCode,
  z,
} from '#lumbung/kernel';

/** Personal values are ciphertext under the key of `person`; `warnings` stay with the member. */
export const MemberAdmitted = event('membership.MemberAdmitted', 1, {
  member: MemberId,
  number: z.int().min(1),
  person: PersonId,
  nik: Sealed,
  name: Sealed,
  sex: Sex,
  birthDate: Sealed,
  address: Sealed,
  ktpVillage: VillageCode,
  phone: Sealed.optional(),
  joinedOn: PlainDate,
  warnings: z.array(z.string()),
});

export const MemberConfirmed = event('membership.MemberConfirmed', 1, {
  member: MemberId,
  on: PlainDate,
});

export const MemberResigned = event('membership.MemberResigned', 1, {
  member: MemberId,
  effectiveOn: PlainDate,
  reason: ResignationReason,
});

export const MembershipEnded = event('membership.MembershipEnded', 1, {
  member: MemberId,
  wasMember: z.boolean(),
  on: PlainDate,
});

export type MemberEvent =
  | EventOf<typeof MemberAdmitted>
  | EventOf<typeof MemberConfirmed>
  | EventOf<typeof MemberResigned>
  | EventOf<typeof MembershipEnded>;
