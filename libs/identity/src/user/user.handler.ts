import {
  type AddUser,
  type Answer,
  type FindUser,
  type KnownUser,
  type ListUsers,
  type User,
  UserApi,
} from '#lumbung/contracts';
import type { Ask, Call } from '#lumbung/kernel';
import { answerOf, Commands, ReadModels } from '#lumbung/runtime';
import { Face, Permission } from '#lumbung/transport';
import { permissionsOf } from '../access/access.policy.js';
import { userStream } from './user.decider.js';
import { users } from './user.projection.js';

const PAGE_SIZE = 500;

@Face(UserApi)
export class UserHandler implements UserApi {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
  ) {}

  @Permission('user.add')
  async add({ command, caller }: Call<typeof AddUser>): Promise<Answer> {
    const keys = [this.commands.deployment.regency];
    return answerOf(await this.commands.execute(userStream, keys, command, caller));
  }

  @Permission('user.find')
  async find({ query: { name } }: Ask<typeof FindUser>): Promise<KnownUser | null> {
    const found = await this.readModels.find(users, name);
    if (!found) return null;
    const { role } = found;
    return { name: found.name, role, permissions: permissionsOf(role) };
  }

  @Permission('user.find')
  async list(_: Ask<typeof ListUsers>): Promise<User[]> {
    const all: User[] = [];
    for (let after: string | undefined; ; ) {
      const query = { index: 'name', equals: { scope: 'all' }, limit: PAGE_SIZE, after };
      const { nodes, endCursor, hasNextPage } = await this.readModels.page(users, query);
      all.push(...nodes.map(({ name, role }) => ({ name, role })));
      if (!hasNextPage || endCursor === null) return all;
      after = endCursor;
    }
  }
}
