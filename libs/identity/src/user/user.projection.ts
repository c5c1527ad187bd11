import type { User } from '#lumbung/contracts';
import { projection, type UserName, when } from '#lumbung/kernel';
import { UserAdded } from './user.events.js';

type UserDocument = User & { scope: string };

export const users = projection<UserDocument>({
  name: 'user',
  version: 1,
  indexes: { name: ['scope', 'name'] },
  initial: (name) => ({ name: name as UserName, role: 'pengawas', scope: 'all' }),
  on: [
    when(UserAdded, {
      keys: ({ data }) => [data.name],
      evolve: (document, { data: { role } }) => ({ ...document, role }),
    }),
  ],
});
