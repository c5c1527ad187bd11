import { Args, Context as Ctx, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  CollectWajib,
  DepositSimpanan,
  FindMembers,
  type Member,
  MemberApi,
  PayResigned,
  type Receipt,
  SettlementApi,
  SimpananApi,
  WithdrawSimpanan,
} from '#lumbung/contracts';
import { Permission } from '#lumbung/transport';
import { ask, type Context, call } from '../caller.js';
import { Following } from '../following.js';
import type {
  CollectWajibInput,
  DepositSimpananInput,
  PayResignedInput,
  SimpananUnpaidMonthsArgs,
  WithdrawSimpananInput,
} from '../generated/schema.js';
import { unpaidMonths } from './unpaid-months.js';

@Resolver('Member')
export class SimpananResolver {
  constructor(
    private readonly simpanan: SimpananApi,
    private readonly settlements: SettlementApi,
    private readonly members: MemberApi,
    private readonly following: Following,
  ) {}

  @Permission('simpanan.read')
  @ResolveField('simpanan')
  async balance(@Parent() { id, cooperative }: Member, @Ctx() { loaders }: Context) {
    const balance = await loaders.balances.load(id);
    const unpaid = async ({ through }: SimpananUnpaidMonthsArgs) =>
      unpaidMonths(balance, await loaders.policies.load(cooperative), through);
    return { ...balance, unpaidMonths: unpaid };
  }

  @Permission('simpanan.deposit')
  @Mutation()
  depositSimpanan(@Args('input') input: DepositSimpananInput, @Ctx() context: Context) {
    return this.receipt(this.simpanan.deposit(call(DepositSimpanan, input, context)), context);
  }

  @Permission('simpanan.withdraw')
  @Mutation()
  withdrawSimpanan(@Args('input') input: WithdrawSimpananInput, @Ctx() context: Context) {
    return this.receipt(this.simpanan.withdraw(call(WithdrawSimpanan, input, context)), context);
  }

  @Permission('simpanan.withdraw')
  @Mutation()
  payResigned(@Args('input') input: PayResignedInput, @Ctx() context: Context) {
    return this.receipt(this.settlements.payResigned(call(PayResigned, input, context)), context);
  }

  @Permission('simpanan.deposit')
  @Mutation()
  collectWajib(@Args('input') input: CollectWajibInput, @Ctx() context: Context) {
    const collecting = this.simpanan.collectWajib(call(CollectWajib, input, context));
    return this.following.the(collecting, context);
  }

  private async receipt(moving: Promise<Receipt>, context: Context) {
    const { position, voucher, member: id } = await this.following.the(moving, context);
    const asked = ask(FindMembers, { members: [id] }, context);
    const [member] = await this.members.find(asked);
    return { position, voucher, member };
  }
}
