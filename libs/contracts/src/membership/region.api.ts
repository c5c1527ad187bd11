import { type Ask, face, query, RegencyCode, VillageCode } from '#lumbung/kernel';

/** A village in its district, regency and province, and the name its cooperative takes. */
export type Place = {
  code: VillageCode;
  village: string;
  district: string;
  regency: string;
  province: string;
  cooperativeName: string;
};

export const FindPlace = query({ village: VillageCode });
export const ListPlaces = query({ regency: RegencyCode });

/** Reference data of regions (Kepmendagri codes, by way of idn-area-data). */
export abstract class RegionApi {
  static readonly face = face<RegionApi>('membership.region', {
    place: FindPlace,
    places: ListPlaces,
  });

  /** Rejects VILLAGE_UNKNOWN. */
  abstract place(ask: Ask<typeof FindPlace>): Promise<Place>;
  /** All villages of a regency, by code; none for an unknown regency. */
  abstract places(ask: Ask<typeof ListPlaces>): Promise<Place[]>;
}
