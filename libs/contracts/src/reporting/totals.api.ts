import {
  type Ask,
  Choice,
  type CooperativeCode,
  DistrictCode,
  face,
  type PlainDate,
  query,
  RegencyCode,
  type Rupiah,
  VillageCode,
  z,
} from '#lumbung/kernel';
import { type Page, paging } from '../answer.js';

export type SimpananTotals = { pokok: Rupiah; wajib: Rupiah; sukarela: Rupiah };

/** One cooperative's figures, from public events only. */
export type CooperativeTotals = SimpananTotals & {
  code: CooperativeCode;
  name: string;
  village: string;
  district: string;
  districtName: string;
  memberCount: number;
  candidateCount: number;
  simpananTotal: Rupiah;
  lastEntryOn: PlainDate | null;
  started: boolean;
};

/** The figures of a district (`35.06.17`), regency (`35.06`) or province (`35`). */
export type RegionTotals = SimpananTotals & {
  code: string;
  name: string;
  cooperativeCount: number;
  /** Cooperatives that have at least one journal. */
  startedCount: number;
  memberCount: number;
  candidateCount: number;
};

export const CooperativeSort = Choice('CODE', 'NAME', 'MEMBERS', 'SIMPANAN', 'LAST_ENTRY');
export type CooperativeSort = z.infer<typeof CooperativeSort>;

export const ListCooperatives = query({
  regency: RegencyCode,
  district: DistrictCode.optional(),
  /** The beginning of a village's name, in any case. */
  search: z.string().trim().max(60).optional(),
  started: z.boolean().optional(),
  sort: CooperativeSort.optional(),
  descending: z.boolean().optional(),
  ...paging,
});
export const FindTotals = query({ cooperatives: z.array(VillageCode).max(500) });
export const FindRegion = query({ code: z.string().regex(/^\d{2}(\.\d{2}){0,2}$/) });

export abstract class TotalsApi {
  static readonly face = face<TotalsApi>('reporting.totals', {
    cooperatives: ListCooperatives,
    totals: FindTotals,
    region: FindRegion,
    districts: FindRegion,
  });

  abstract cooperatives(ask: Ask<typeof ListCooperatives>): Promise<Page<CooperativeTotals>>;
  /** In the order asked, null where there is none. */
  abstract totals(ask: Ask<typeof FindTotals>): Promise<(CooperativeTotals | null)[]>;
  abstract region(ask: Ask<typeof FindRegion>): Promise<RegionTotals | null>;
  /** The regions one level below, by code. */
  abstract districts(ask: Ask<typeof FindRegion>): Promise<RegionTotals[]>;
}
