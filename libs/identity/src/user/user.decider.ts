import { AddUser, platformRejections, type Role } from '#lumbung/contracts';
import { type Decider, type Ensure, ensureWith, stream, type UserName } from '#lumbung/kernel';
import { UserAdded } from './user.events.js';

const ensure: Ensure<typeof platformRejections> = ensureWith(platformRejections);

// `system:calendar` is the platform's own hand, and no person may sign as it.
const PLATFORM_MARK = ':';

type Users = { roles: Record<UserName, Role> };

const users: Decider<AddUser, UserAdded, Users, { users: Users }> = {
  commands: [AddUser],
  events: [UserAdded],
  initial: { roles: {} },
  decide: {
    AddUser: ({ data: { name, role } }, { users }) => {
      ensure(!name.includes(PLATFORM_MARK), 'USER_NAME_MALFORMED');
      ensure(!Object.hasOwn(users.roles, name), 'USER_EXISTS');
      return [UserAdded({ name, role })];
    },
  },
  evolve: {
    'identity.UserAdded': ({ roles }, { name, role }) => {
      roles[name] = role;
    },
  },
};

/** `users-{regency}`: the named local users of one deployment. */
export const userStream = stream('users', { users });
