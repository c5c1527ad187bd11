import {
  AddUser,
  EndRole,
  GrantRole,
  platformRejections,
  type RoleGrant,
} from '#lumbung/contracts';
import {
  type Decider,
  type DeepReadonly,
  type Ensure,
  ensureWith,
  type Metadata,
  stream,
  type UserName,
} from '#lumbung/kernel';
import { endedOn, gives, heldOn, isHere, rolesAtFirst } from './roles.policy.js';
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

/** Whoever gives a role has one that gives it, there and today; only the platform has none. */
const ensureGiver = (
  users: DeepReadonly<Users>,
  { actor, businessDate, regency }: Metadata,
  given: Pick<RoleGrant, 'role' | 'scope'>,
): void => {
  if (actor.includes(PLATFORM_MARK)) return;
  const held = heldOn(rolesOf(users, actor), businessDate);
  ensure(gives(held, given, regency), 'ROLE_ABOVE_OWN');
};

const granted = (data: Giving, users: DeepReadonly<Users>, metadata: Metadata): RoleGranted => {
  const { name, role, scope, from = metadata.businessDate, until, member } = data;
  ensure(name !== metadata.actor, 'ROLE_TO_ONESELF');
  ensure(isHere(scope, metadata.regency), 'SCOPE_ELSEWHERE');
  ensure((member !== undefined) === (role === 'anggota'), 'MEMBER_MISSING');
  ensure(until === undefined || from <= until, 'PERIOD_ENDS_EARLY');
  ensureGiver(users, metadata, data);
  const same = rolesOf(users, name).filter(
    (held) => held.role === role && held.scope === scope && held.member === (member ?? null),
  );
  ensure(!same.some((held) => held.until === null || from <= held.until), 'ROLE_HELD');
  return RoleGranted({ name, role, scope, from, until, member });
};

const users: Decider<Commands, Events, Users, { users: Users }> = {
  commands: [AddUser, GrantRole, EndRole],
  events: [UserAdded, RoleGranted, RoleEnded],
  initial: { roles: {} },
  decide: {
    AddUser: ({ data }, { users }, metadata) => {
      const { name } = data;
      ensure(!name.includes(PLATFORM_MARK), 'USER_NAME_MALFORMED');
      ensure(!Object.hasOwn(users.roles, name), 'USER_EXISTS');
      return [UserAdded({ name }), granted(data, users, metadata)];
    },
    GrantRole: ({ data }, { users }, metadata) => {
      ensure(Object.hasOwn(users.roles, data.name), 'USER_UNKNOWN');
      return [granted(data, users, metadata)];
    },
    EndRole: ({ data }, { users }, metadata) => {
      const { name, role, scope, on } = data;
      const isHeld = rolesOf(users, name).some(
        (held) =>
          held.role === role && held.scope === scope && (held.until === null || on < held.until),
      );
      // Whoever may not give a role is not told who holds it; his own he may lay down.
      if (name !== metadata.actor) ensureGiver(users, metadata, data);
      ensure(isHeld, 'ROLE_NOT_HELD');
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
