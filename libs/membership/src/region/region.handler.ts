import { getDistricts, getProvinces, getRegencies, getVillages } from 'idn-area-data';
import {
  ensureMembership as ensure,
  type FindPlace,
  type ListPlaces,
  type Place,
  RegionApi,
} from '#lumbung/contracts';
import {
  type Ask,
  districtOf,
  provinceOf,
  type RegencyCode,
  regencyOf,
  type VillageCode,
} from '#lumbung/kernel';
import { Face, Permission } from '#lumbung/transport';
import { placesOf, type Village } from './place.policy.js';

type Reference = {
  names: Map<string, string>;
  villages: Map<string, Village[]>;
};

const load = async (): Promise<Reference> => {
  const [provinces, regencies, districts, all] = await Promise.all([
    getProvinces(),
    getRegencies(),
    getDistricts(),
    getVillages(),
  ]);
  const names = new Map([...provinces, ...regencies, ...districts].map((a) => [a.code, a.name]));
  const villages = new Map<string, Village[]>();
  for (const area of all) {
    const code = area.code as VillageCode;
    const village = { code, name: area.name, district: names.get(districtOf(code)) ?? '' };
    const regency = regencyOf(code);
    const known = villages.get(regency);
    if (known) known.push(village);
    else villages.set(regency, [village]);
  }
  return { names, villages };
};

/** Villages of Indonesia, read once from the package idn-area-data (data: ODbL). */
@Face(RegionApi)
export class RegionHandler implements RegionApi {
  private reference: Promise<Reference> | undefined;
  private readonly byRegency = new Map<string, Place[]>();

  @Permission('region.read', 'anywhere')
  async place({ query: { village } }: Ask<typeof FindPlace>): Promise<Place> {
    const places = await this.inRegency(regencyOf(village));
    const place = places.find(({ code }) => code === village);
    ensure(place, 'VILLAGE_UNKNOWN');
    return place;
  }

  @Permission('region.read', 'anywhere')
  places({ query: { regency } }: Ask<typeof ListPlaces>): Promise<Place[]> {
    return this.inRegency(regency);
  }

  private async inRegency(regency: RegencyCode): Promise<Place[]> {
    const known = this.byRegency.get(regency);
    if (known) return known;
    this.reference ??= load();
    const { names, villages } = await this.reference;
    const places = placesOf(villages.get(regency) ?? [], {
      regency: names.get(regency) ?? '',
      province: names.get(provinceOf(regency)) ?? '',
    });
    this.byRegency.set(regency, places);
    return places;
  }
}
