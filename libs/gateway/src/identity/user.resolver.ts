import {
  Args,
  Context as Ctx,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import {
  AddUser,
  type Answer,
  EndRole,
  FindUser,
  GrantRole,
  ListUsers,
  type User,
  UserApi,
} from '#lumbung/contracts';
import type { UserName } from '#lumbung/kernel';
import { Permission } from '#lumbung/transport';
import { ask, type Context, call } from '../caller.js';
import { Following, ifReachable } from '../following.js';
import type { AddUserInput, EndRoleInput, GrantRoleInput } from '../generated/schema.js';

@Resolver('User')
export class UserResolver {
  constructor(
    private readonly api: UserApi,
    private readonly following: Following,
  ) {}

  @Permission('user.find')
  @Query()
  users(@Ctx() context: Context) {
    return this.api.list(ask(ListUsers, {}, context));
  }

  @Permission('user.find')
  @Query()
  me(@Ctx() context: Context) {
    return this.api.find(ask(FindUser, { name: context.caller.user }, context));
  }
  @Permission('user.find')
  @ResolveField()
  role(@Parent() { current }: User) {
    return current;
  }

  @Permission('user.add')
  @Mutation()
  addUser(@Args('input') input: AddUserInput, @Ctx() context: Context) {
    return this.changed(this.api.add(call(AddUser, input, context)), input, context);
  }

  @Permission('user.grant')
  @Mutation()
  grantRole(@Args('input') input: GrantRoleInput, @Ctx() context: Context) {
    return this.changed(this.api.grant(call(GrantRole, input, context)), input, context);
  }

  @Permission('user.grant')
  @Mutation()
  endRole(@Args('input') input: EndRoleInput, @Ctx() context: Context) {
    return this.changed(this.api.end(call(EndRole, input, context)), input, context);
  }

  private async changed(changing: Promise<Answer>, { name }: { name: string }, context: Context) {
    const { position, shown } = await this.following.the(changing, context);
    if (!shown) return { position };
    const user = await ifReachable(
      this.api.find(ask(FindUser, { name: name as UserName }, context)),
    );
    return { position, user };
  }
}
