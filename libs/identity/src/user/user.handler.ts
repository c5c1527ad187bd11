import {
  type AddUser,
  type Answer,
  type EndRole,
  type FindUser,
  type GrantRole,
  type KnownUser,
  type ListUsers,
  type RoleGrant,
  type User,
  UserApi,
} from '#lumbung/contracts';
import { type Ask, businessDate, type Call, type Caller } from '#lumbung/kernel';
import { answerOf, Engine } from '#lumbung/runtime';
import { at, Face, Permission } from '#lumbung/transport';
import { permissionsOf, sees } from '../access/access.js';
import { placeOf } from '../access/access.policy.js';
import { heldOn } from './roles.policy.js';
import { userStream } from './user.decider.js';
import { users } from './user.projection.js';

const PAGE_SIZE = 500;

type Named = Pick<User, 'name' | 'roles'>;
type UserCall = Call<typeof AddUser> | Call<typeof GrantRole> | Call<typeof EndRole>;

@Face(UserApi)
export class UserHandler implements UserApi {
  constructor(private readonly engine: Engine) {}

  @Permission('user.add', at('scope'))
  add(call: Call<typeof AddUser>): Promise<Answer> {
    return this.amongUsers(call);
  }

  @Permission('user.grant', at('scope'))
  grant(call: Call<typeof GrantRole>): Promise<Answer> {
    return this.amongUsers(call);
  }

  @Permission('user.grant', at('scope'))
  end(call: Call<typeof EndRole>): Promise<Answer> {
    return this.amongUsers(call);
  }

  @Permission('user.find', 'answer')
  async find({ query: { name }, caller }: Ask<typeof FindUser>): Promise<KnownUser | null> {
    const found = await this.engine.readModels.find(users, name);
    const user = found && this.shown(found, caller);
    if (!user) return null;
    const roles = heldOn(user.roles, this.today);
    const permissions = new Set(roles.flatMap(({ role }) => permissionsOf(role)));
    return { ...user, roles, permissions: [...permissions] };
  }

  @Permission('user.find', 'answer')
  async list({ caller }: Ask<typeof ListUsers>): Promise<User[]> {
    const all: User[] = [];
    for (let after: string | undefined; ; ) {
      const query = { index: 'name', equals: { scope: 'all' }, limit: PAGE_SIZE, after };
      const { nodes, endCursor, hasNextPage } = await this.engine.readModels.page(users, query);
      all.push(...nodes.flatMap((user) => this.shown(user, caller) ?? []));
      if (!hasNextPage || endCursor === null) return all;
      after = endCursor;
    }
  }

  /** Of a user the roles that the caller may know of; of himself, all. */
  private shown({ name, roles }: Named, caller: Caller): User | undefined {
    const isKnown = ({ scope }: RoleGrant) =>
      sees(caller, 'user.read', { scope: placeOf(scope, this.regency) });
    const known = name === caller.user ? roles : roles.filter(isKnown);
    if (known.length === 0 && name !== caller.user) return;
    return { name, roles: known, current: heldOn(known, this.today)[0]?.role ?? null };
  }

  private get regency() {
    return this.engine.commands.deployment.regency;
  }

  private get today() {
    return businessDate(this.engine.now, this.engine.commands.deployment.zone);
  }

  private async amongUsers({ command, caller }: UserCall): Promise<Answer> {
    const { commands } = this.engine;
    const keys = [this.regency];
    return answerOf(await commands.execute(userStream, keys, command, caller));
  }
}
