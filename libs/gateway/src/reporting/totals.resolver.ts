import { Args, Context as Ctx, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type CooperativeTotals,
  FindRegion,
  ListCooperatives,
  type RegionTotals,
  TotalsApi,
} from '#lumbung/contracts';
import { add } from '#lumbung/kernel';
import { Permission } from '#lumbung/transport';
import { ask, type Context } from '../caller.js';
import { connection } from '../connection.js';
import type { QueryCooperativesArgs, QueryRegencyArgs, Region } from '../generated/schema.js';

/** A cooperative's own figures; members, books and policies have resolvers of their own. */
export const cooperativeNode = ({ district, districtName, ...totals }: CooperativeTotals) => ({
  ...totals,
  district: { code: district, name: districtName },
});

export type CooperativeNode = ReturnType<typeof cooperativeNode>;

const regionNode = ({ pokok, wajib, sukarela, ...region }: RegionTotals) => {
  const total = add(pokok, wajib, sukarela);
  return { ...region, simpanan: { pokok, wajib, sukarela, total }, simpananTotal: total };
};

@Resolver('Region')
export class TotalsResolver {
  constructor(private readonly totals: TotalsApi) {}

  @Permission('totals.read')
  @Query()
  async cooperatives(@Args() args: QueryCooperativesArgs, @Ctx() context: Context) {
    const page = await this.totals.cooperatives(ask(ListCooperatives, args, context));
    return connection(page, cooperativeNode);
  }

  @Permission('region-totals.read')
  @Query()
  async regency(@Args() { code }: QueryRegencyArgs, @Ctx() context: Context) {
    const region = await this.totals.region(ask(FindRegion, { code }, context));
    return region && regionNode(region);
  }

  @Permission('region-totals.read')
  @ResolveField()
  async districts(@Parent() { code }: Region, @Ctx() context: Context) {
    const isDistrict = code.length > 5;
    if (isDistrict) return [];
    return (await this.totals.districts(ask(FindRegion, { code }, context))).map(regionNode);
  }
}
