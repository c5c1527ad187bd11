import type { Role, RoleGrant } from '#lumbung/contracts';
import { covers, type PlainDate, type Scope, type UserName } from '#lumbung/kernel';
import { GIVES, isProgramme, placeOf } from '../access/access.policy.js';
import type { UserAdded } from './user.events.js';

type Roles = readonly Readonly<RoleGrant>[];

/** Those that are held on a day. */
export const heldOn = <G extends Readonly<RoleGrant>>(roles: readonly G[], day: PlainDate): G[] =>
  roles.filter(({ from, until }) => from <= day && (until === null || day <= until));

/** Whether somebody with these roles gives and takes that one. */
export const gives = (
  roles: readonly Pick<RoleGrant, 'role' | 'scope'>[],
  { role, scope }: Pick<RoleGrant, 'role' | 'scope'>,
  regency: string,
): boolean => {
  const place = placeOf(scope, regency);
  return roles.some((held) => GIVES[held.role]?.includes(role) && covers(held.scope, place));
};

/** Whether a role can be held there in this deployment: in the regency, or over it. */
export const isHere = (scope: Scope, regency: string): boolean =>
  isProgramme(scope) || covers(regency, scope) || covers(scope, regency);

/** The roles of a user at first: what the first version of the event gave, over its regency. */
export const rolesAtFirst = (
  { regencyRole }: UserAdded['data'],
  { regency, businessDate }: { regency: string; businessDate: PlainDate },
): RoleGrant[] => {
  if (!regencyRole) return [];
  const scope = regency as Scope;
  return [{ role: regencyRole, scope, from: businessDate, until: null, member: null }];
};

type Ended = { name: UserName; role: Role; scope: Scope; on: PlainDate };

/** Whether it is the role that is ended, and would go on after that last day. */
export const isEndedBy = (grant: Readonly<RoleGrant>, { role, scope, on }: Ended): boolean =>
  grant.role === role && grant.scope === scope && (grant.until === null || on < grant.until);

/** The roles when one of them has had its last day. */
export const endedOn = (roles: Roles, ended: Ended): RoleGrant[] =>
  roles.map((grant) => (isEndedBy(grant, ended) ? { ...grant, until: ended.on } : grant));
