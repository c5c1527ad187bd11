import { Args, Context as Ctx, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AccountApi, type Member, SetSimpananPolicy } from '#lumbung/contracts';
import { Permission } from '#lumbung/transport';
import { type Context, call } from '../caller.js';
import { Following } from '../following.js';
import type { SetSimpananPolicyInput, SimpananUnpaidMonthsArgs } from '../generated/schema.js';
import type { CooperativeNode } from '../reporting/totals.resolver.js';
import { unpaidMonths } from './unpaid-months.policy.js';

@Resolver('Member')
export class AccountResolver {
  @Permission('simpanan.read')
  @ResolveField('simpanan')
  async balance(@Parent() { id, cooperative }: Member, @Ctx() { loaders }: Context) {
    const balance = await loaders.balances.load(id);
    const unpaid = async ({ through }: SimpananUnpaidMonthsArgs) =>
      unpaidMonths(balance, await loaders.policies.load(cooperative), through);
    return { ...balance, unpaidMonths: unpaid };
  }
}

@Resolver('Cooperative')
export class PolicyResolver {
  constructor(
    private readonly accounts: AccountApi,
    private readonly following: Following,
  ) {}

  @Permission('cooperative.read')
  @ResolveField('simpananPolicies')
  policies(@Parent() { code }: CooperativeNode, @Ctx() { loaders }: Context) {
    return loaders.policies.load(code);
  }

  @Permission('simpanan.set-policy')
  @Mutation()
  async setSimpananPolicy(@Args('input') input: SetSimpananPolicyInput, @Ctx() context: Context) {
    const setting = this.accounts.setPolicy(call(SetSimpananPolicy, input, context));
    const { position } = await this.following.the(setting, context);
    const { from, pokok, wajib, pokokInParts } = input;
    return { position, policy: { from, pokok, wajib, pokokInParts } };
  }
}
