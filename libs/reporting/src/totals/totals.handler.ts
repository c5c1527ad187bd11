import {
  type CooperativeTotals,
  type FindRegion,
  type FindTotals,
  type ListCooperatives,
  type Page,
  platformRejections,
  type RegionTotals,
  TotalsApi,
} from '#lumbung/contracts';
import { sees } from '#lumbung/identity';
import { type Ask, type Caller, refuse } from '#lumbung/kernel';
import { ReadModels } from '#lumbung/runtime';
import { atEach, Face, Permission } from '#lumbung/transport';
import { indexFor, inOrder, isSortedSearch } from './listing.policy.js';
import { cooperativeTotals, regionTotals } from './totals.projection.js';

type Listing = Ask<typeof ListCooperatives>['query'];

// No regency has more villages than this, and none has more districts.
const MOST = 999;

// A district may have a single cooperative, whose own figures its sums would be.
const DISTRICT = /^\d{2}\.\d{2}\.\d{2}$/;
const isShown = (caller: Caller, code: string) =>
  !DISTRICT.test(code) || sees(caller, 'totals.read', { scope: code });

@Face(TotalsApi)
export class TotalsHandler implements TotalsApi {
  constructor(private readonly readModels: ReadModels) {}

  /** Of a region that the caller does not see as a whole, only the cooperatives that he does. */
  @Permission('totals.read', 'answer')
  async cooperatives(ask: Ask<typeof ListCooperatives>): Promise<Page<CooperativeTotals>> {
    const { query, caller } = ask;
    const isSeen = (scope: string) => sees(caller, 'totals.read', { scope });
    if (!isSeen(query.district ?? query.regency)) return this.sorted(query, isSeen);
    if (isSortedSearch(query)) return this.sorted(query, () => true);
    const { first, after, descending } = query;
    const paged = { ...indexFor(query), limit: first, after, reverse: descending ?? false };
    const listed = await this.readModels.page(cooperativeTotals, paged);
    return { ...listed, totalCount: await this.count(query) };
  }

  @Permission('totals.read', atEach('cooperatives'))
  totals({ query }: Ask<typeof FindTotals>): Promise<(CooperativeTotals | null)[]> {
    return this.readModels
      .findMany(cooperativeTotals, query.cooperatives)
      .then((documents) => documents.map((document) => document ?? null));
  }

  @Permission('region-totals.read', 'answer')
  async region({ query, caller }: Ask<typeof FindRegion>): Promise<RegionTotals | null> {
    if (!isShown(caller, query.code)) return null;
    return (await this.readModels.find(regionTotals, query.code)) ?? null;
  }

  @Permission('region-totals.read', 'answer')
  async districts({ query: { code }, caller }: Ask<typeof FindRegion>): Promise<RegionTotals[]> {
    const query = { index: 'parent', equals: { parent: code }, limit: MOST };
    const entries = await this.readModels.query(regionTotals, query);
    const regions = entries.map(({ document }) => document);
    return regions.filter((region) => isShown(caller, region.code));
  }

  /** Few enough to sort as they come; the cursor is the code where a page ended. */
  private async sorted(
    query: Listing,
    isSeen: (code: string) => boolean,
  ): Promise<Page<CooperativeTotals>> {
    const { first, after, search, sort = search ? 'NAME' : 'CODE', descending = false } = query;
    const asked = { ...indexFor(query), limit: MOST };
    const found = await this.readModels.query(cooperativeTotals, asked);
    const seen = found.map(({ document }) => document).filter(({ code }) => isSeen(code));
    const all = inOrder(seen, sort, descending ?? false);
    const from = after === undefined ? 0 : all.findIndex(({ code }) => code === after) + 1;
    if (after !== undefined && from === 0) throw refuse(platformRejections, 'CURSOR_MALFORMED');
    const nodes = all.slice(from, from + first);
    const hasNextPage = from + first < all.length;
    return { nodes, endCursor: nodes.at(-1)?.code ?? null, hasNextPage, totalCount: all.length };
  }

  /** From the region's own document, but for a search, which only its entries can tell. */
  private async count(query: Listing): Promise<number> {
    const { regency, district, search, started } = query;
    if (search || (district && started !== undefined)) {
      const all = { ...indexFor(query), limit: MOST };
      return (await this.readModels.query(cooperativeTotals, all)).length;
    }
    const region = await this.readModels.read(regionTotals, district ?? regency);
    if (started === undefined) return region.cooperativeCount;
    return started ? region.startedCount : region.cooperativeCount - region.startedCount;
  }
}
