import { Role } from '#lumbung/contracts';
import { type EventOf, event, MemberId, PlainDate, Scope, UserName } from '#lumbung/kernel';

/** The first version gave a role with the name, over the whole regency. */
export const UserAdded = event(
  'identity.UserAdded',
  2,
  { name: UserName, regencyRole: Role.optional() },
  { 1: ({ name, role }: { name: UserName; role: Role }) => ({ name, regencyRole: role }) },
);
export type UserAdded = EventOf<typeof UserAdded>;

export const RoleGranted = event('identity.RoleGranted', 1, {
  name: UserName,
  role: Role,
  scope: Scope,
  from: PlainDate,
  until: PlainDate.optional(),
  member: MemberId.optional(),
});
export type RoleGranted = EventOf<typeof RoleGranted>;

/** `on` is the last day on which it was held. */
export const RoleEnded = event('identity.RoleEnded', 1, {
  name: UserName,
  role: Role,
  scope: Scope,
  on: PlainDate,
});
export type RoleEnded = EventOf<typeof RoleEnded>;
