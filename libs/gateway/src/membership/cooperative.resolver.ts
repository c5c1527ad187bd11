import { Args, Context as Ctx, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CooperativeApi,
  FindPlace,
  FindTotals,
  RegionApi,
  RegisterCooperative,
  TotalsApi,
} from '#lumbung/contracts';
import { Permission } from '#lumbung/transport';
import { ask, type Context, call } from '../caller.js';
import { Following, ifReachable } from '../following.js';
import type { QueryCooperativeArgs, RegisterCooperativeInput } from '../generated/schema.js';
import { cooperativeNode } from '../reporting/totals.resolver.js';

@Resolver('Cooperative')
export class CooperativeResolver {
  constructor(
    private readonly cooperatives: CooperativeApi,
    private readonly regions: RegionApi,
    private readonly totals: TotalsApi,
    private readonly following: Following,
  ) {}

  @Permission('cooperative.read')
  @Query()
  async cooperative(@Args() { code }: QueryCooperativeArgs, @Ctx() context: Context) {
    const [found] = await this.totals.totals(ask(FindTotals, { cooperatives: [code] }, context));
    return found ? cooperativeNode(found) : null;
  }

  @Permission('cooperative.register')
  @Mutation()
  async registerCooperative(
    @Args('input') { cooperative, ...input }: RegisterCooperativeInput,
    @Ctx() context: Context,
  ) {
    const place = await this.regions.place(ask(FindPlace, { village: cooperative }, context));
    const { village, district, regency, province, cooperativeName: name } = place;
    const named = { ...input, cooperative, name, village, district, regency, province };
    const registering = this.cooperatives.register(call(RegisterCooperative, named, context));
    const { position, shown } = await this.following.the(registering, context);
    if (!shown) return { position };
    const registered = await ifReachable(this.cooperative({ code: cooperative }, context));
    return { position, cooperative: registered };
  }
}
