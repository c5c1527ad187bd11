import { Args, Context as Ctx, Mutation, Resolver } from '@nestjs/graphql';
import { PayResigned, SettlementApi } from '#lumbung/contracts';
import { Permission } from '#lumbung/transport';
import { type Context, call } from '../caller.js';
import type { PayResignedInput } from '../generated/schema.js';
import { Receipts } from '../receipts.js';

@Resolver()
export class SettlementResolver {
  constructor(
    private readonly settlements: SettlementApi,
    private readonly receipts: Receipts,
  ) {}

  @Permission('simpanan.withdraw')
  @Mutation()
  payResigned(@Args('input') input: PayResignedInput, @Ctx() context: Context) {
    const paying = this.settlements.payResigned(call(PayResigned, input, context));
    return this.receipts.of(paying, context);
  }
}
