import {
  AddUser,
  EndRole,
  GrantRole,
  MOST_ROLES,
  platformRejections,
  type RoleGrant,
} from '#lumbung/contracts';
import {
  addDays,
  type Decider,
  type DeepReadonly,
  type Ensure,
  ensureWith,
  type Metadata,
  type PlainDate,
  type Scope,
  stream,
  type UserName,
} from '#lumbung/kernel';
import { endedOn, gives, heldOn, isEndedBy, isHere, rolesAtFirst } from './roles.policy.js';
import { RoleEnded, RoleGranted, UserAdded } from './user.events.js';

const ensure: Ensure<typeof platformRejections> = ensureWith(platformRejections);

// `system:calendar` is the platform's own hand, and no person may sign as it.
const PLATFORM_MARK = ':';

type Users = { roles: Record<UserName, RoleGrant[]> };
type Commands = AddUser | GrantRole | EndRole;
type Events = UserAdded | RoleGranted | RoleEnded;
type Giving = (AddUser | GrantRole)['data'];

const rolesOf = ({ roles }: DeepReadonly<Users>, name: string): readonly RoleGrant[] =>
  Object.hasOwn(roles, name) ? (roles[name as UserName] ?? []) : [];

/**
 * Whoever gives a role, or ends it, has one that gives it, there and today; only the platform has
 * none.
 */
const ensureGiver = (
  users: DeepReadonly<Users>,
  { actor, businessDate, regency }: Metadata,
  given: Pick<RoleGrant, 'role' | 'scope'>,
): void => {
  if (actor.includes(PLATFORM_MARK)) return;
  const held = heldOn(rolesOf(users, actor), businessDate);
  ensure(gives(held, given, regency), 'ROLE_ABOVE_OWN');
};

const isOpenAfter = ({ until }: RoleGrant, day: PlainDate) => until === null || until >= day;

const granted = (data: Giving, users: DeepReadonly<Users>, metadata: Metadata): RoleGranted => {
  const { businessDate: today, actor, regency } = metadata;
  const { name, role, scope, from = today, until, member } = data;
  ensure(name !== actor, 'ROLE_TO_ONESELF');
  ensure(isHere(scope, regency), 'SCOPE_ELSEWHERE');
  ensure((member !== undefined) === (role === 'anggota'), 'MEMBER_MISSING');
  // What was held on a day that is past stays as it was told.
  ensure(from >= today, 'PERIOD_IN_PAST');
  ensure(until === undefined || from <= until, 'PERIOD_ENDS_EARLY');
  const open = rolesOf(users, name).filter((held) => isOpenAfter(held, today));
  ensure(open.length < MOST_ROLES, 'ROLES_TOO_MANY');
  const same = open.filter((held) => held.role === role && held.scope === scope);
  const isBoth = (held: RoleGrant) =>
    isOpenAfter(held, from) && (until === undefined || held.from <= until);
  ensure(!same.some(isBoth), 'ROLE_HELD');
  return RoleGranted({ name, role, scope, from, until, member });
};

/** Somebody who gives the roles of a whole regency stays, or nobody ever could again. */
const ensureSomebodyStays = (
  { roles }: DeepReadonly<Users>,
  ending: EndRole['data'],
  { regency }: Metadata,
): void => {
  const isOfAll = ({ role, scope, until }: RoleGrant) =>
    until === null &&
    gives([{ role, scope }], { role: 'operator', scope: regency as Scope }, regency);
  const after = Object.entries(roles).flatMap(([name, held]) =>
    name === ending.name ? endedOn(held, ending) : held,
  );
  ensure(after.some(isOfAll) || !Object.values(roles).flat().some(isOfAll), 'LAST_OF_REGENCY');
};

const users: Decider<Commands, Events, Users, { users: Users }> = {
  commands: [AddUser, GrantRole, EndRole],
  events: [UserAdded, RoleGranted, RoleEnded],
  initial: { roles: {} },
  decide: {
    AddUser: ({ data }, { users }, metadata) => {
      const { name } = data;
      ensure(!name.includes(PLATFORM_MARK), 'USER_NAME_MALFORMED');
      ensureGiver(users, metadata, data);
      ensure(!Object.hasOwn(users.roles, name), 'USER_EXISTS');
      return [UserAdded({ name }), granted(data, users, metadata)];
    },
    GrantRole: ({ data }, { users }, metadata) => {
      ensureGiver(users, metadata, data);
      ensure(Object.hasOwn(users.roles, data.name), 'USER_UNKNOWN');
      return [granted(data, users, metadata)];
    },
    EndRole: ({ data }, { users }, metadata) => {
      const { name, role, scope, on } = data;
      ensureGiver(users, metadata, data);
      ensure(on >= addDays(metadata.businessDate, -1), 'PERIOD_IN_PAST');
      const isHeld = rolesOf(users, name).some((held) => isEndedBy(held, data));
      ensure(isHeld, 'ROLE_NOT_HELD');
      ensureSomebodyStays(users, data, metadata);
      return [RoleEnded({ name, role, scope, on })];
    },
  },
  evolve: {
    'identity.UserAdded': ({ roles }, data, { metadata }) => {
      roles[data.name] = rolesAtFirst(data, metadata);
    },
    'identity.RoleGranted': ({ roles }, { name, role, scope, from, until, member }) => {
      const held = { role, scope, from, until: until ?? null, member: member ?? null };
      roles[name] = [...(roles[name] ?? []), held];
    },
    'identity.RoleEnded': ({ roles }, data) => {
      roles[data.name] = endedOn(roles[data.name] ?? [], data);
    },
  },
};

/** `users-{regency}`: the users of one deployment, and the roles that they hold. */
export const userStream = stream('users', { users });
