import { Args, Context as Ctx, Mutation, Resolver } from '@nestjs/graphql';
import { CollectWajib, DepositSimpanan, SimpananApi, WithdrawSimpanan } from '#lumbung/contracts';
import { Permission } from '#lumbung/transport';
import { type Context, call } from '../caller.js';
import { Following } from '../following.js';
import type {
  CollectWajibInput,
  DepositSimpananInput,
  WithdrawSimpananInput,
} from '../generated/schema.js';
import { Receipts } from '../receipts.js';

@Resolver()
export class SimpananResolver {
  constructor(
    private readonly simpanan: SimpananApi,
    private readonly receipts: Receipts,
    private readonly following: Following,
  ) {}

  @Permission('simpanan.deposit')
  @Mutation()
  depositSimpanan(@Args('input') input: DepositSimpananInput, @Ctx() context: Context) {
    const depositing = this.simpanan.deposit(call(DepositSimpanan, input, context));
    return this.receipts.of(depositing, context);
  }

  @Permission('simpanan.withdraw')
  @Mutation()
  withdrawSimpanan(@Args('input') input: WithdrawSimpananInput, @Ctx() context: Context) {
    const withdrawing = this.simpanan.withdraw(call(WithdrawSimpanan, input, context));
    return this.receipts.of(withdrawing, context);
  }

  @Permission('simpanan.deposit')
  @Mutation()
  collectWajib(@Args('input') input: CollectWajibInput, @Ctx() context: Context) {
    const collecting = this.simpanan.collectWajib(call(CollectWajib, input, context));
    return this.following.the(collecting, context);
  }
}
