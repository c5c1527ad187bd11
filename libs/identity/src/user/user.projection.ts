import type { User } from '#lumbung/contracts';
import { projection, type UserName, when } from '#lumbung/kernel';
import { endedOn, rolesAtFirst } from './roles.policy.js';
import { RoleEnded, RoleGranted, UserAdded } from './user.events.js';

type UserDocument = Pick<User, 'name' | 'roles'> & { scope: string };

const nameOf = ({ data }: { data: { name: UserName } }) => [data.name];

export const users = projection<UserDocument>({
  name: 'user',
  version: 2,
  indexes: { name: ['scope', 'name'] },
  initial: (name) => ({ name: name as UserName, roles: [], scope: 'all' }),
  on: [
    when(UserAdded, {
      keys: nameOf,
      evolve: (document, { data, metadata }) => ({
        ...document,
        roles: rolesAtFirst(data, metadata),
      }),
    }),
    when(RoleGranted, {
      keys: nameOf,
      evolve: (document, { data: { role, scope, from, until = null, member = null } }) => ({
        ...document,
        roles: [...document.roles, { role, scope, from, until, member }],
      }),
    }),
    when(RoleEnded, {
      keys: nameOf,
      evolve: (document, { data }) => ({ ...document, roles: endedOn(document.roles, data) }),
    }),
  ],
});
