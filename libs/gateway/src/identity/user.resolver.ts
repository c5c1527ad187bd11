import { Context as Ctx, Query, Resolver } from '@nestjs/graphql';
import { ListUsers, UserApi } from '#lumbung/contracts';
import { Permission } from '#lumbung/transport';
import { ask, type Context } from '../caller.js';

@Resolver('User')
export class UserResolver {
  constructor(private readonly api: UserApi) {}

  @Permission('user.find')
  @Query()
  users(@Ctx() context: Context) {
    return this.api.list(ask(ListUsers, {}, context));
  }

  @Permission('user.find')
  @Query()
  me(@Ctx() { caller: { user: name, role } }: Context) {
    return { name, role };
  }
}
