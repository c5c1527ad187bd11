import { getDistricts, getRegencies, getVillages } from 'idn-area-data';
import {
  type CooperativeCode,
  districtOf,
  isKelurahan,
  regencyOf,
  type VillageCode,
} from '#lumbung/kernel';
import { placesOf, type Village } from './place.policy.js';

const KEDIRI = { regency: 'Kabupaten Kediri', province: 'Jawa Timur' };

const village = (code: string, name: string, district: string): Village => ({
  code: code as CooperativeCode,
  name,
  district,
});

const namesOf = (...villages: Village[]) =>
  placesOf(villages, KEDIRI).map(({ cooperativeName }) => cooperativeName);

describe('a cooperative', () => {
  it('is named by its kind and village', () => {
    expect(
      namesOf(
        village('35.06.17.1009', 'Pare', 'Pare'),
        village('35.06.17.2010', 'Gedangsewu', 'Pare'),
      ),
    ).toEqual(['Koperasi Kelurahan Merah Putih Pare', 'Koperasi Desa Merah Putih Gedangsewu']);
  });

  it('has its district in its name when another in the regency would be called the same', () => {
    expect(
      namesOf(
        village('35.06.01.2002', 'Sidomulyo', 'Semen'),
        village('35.06.05.2004', 'Sidomulyo', 'Wates'),
        village('35.06.05.2005', 'Sidomulya', 'Wates'),
      ),
    ).toEqual([
      'Koperasi Desa Merah Putih Sidomulyo Kecamatan Semen',
      'Koperasi Desa Merah Putih Sidomulyo Kecamatan Wates',
      'Koperasi Desa Merah Putih Sidomulya',
    ]);
  });

  it('of a desa and one of a kelurahan are told apart by their kind alone', () => {
    expect(
      namesOf(
        village('35.06.17.1009', 'Pare', 'Pare'),
        village('35.06.18.2001', 'Pare', 'Kandangan'),
      ),
    ).toEqual(['Koperasi Kelurahan Merah Putih Pare', 'Koperasi Desa Merah Putih Pare']);
  });
});

describe('the places of a regency', () => {
  it('carry their district, regency and province, and come in the order of their codes', () => {
    const places = placesOf(
      [village('35.06.17.2010', 'Gedangsewu', 'Pare'), village('35.06.01.2001', 'Bulu', 'Semen')],
      KEDIRI,
    );
    expect(places.map(({ code }) => code)).toEqual(['35.06.01.2001', '35.06.17.2010']);
    expect(places[0]).toEqual({
      ...{ code: '35.06.01.2001', village: 'Bulu', district: 'Semen', ...KEDIRI },
      cooperativeName: 'Koperasi Desa Merah Putih Bulu',
    });
  });

  it('are none where there is no village', () => {
    expect(placesOf([], KEDIRI)).toEqual([]);
  });
});

describe('the reference data', () => {
  const byRegency = new Map<string, Village[]>();
  let regencies: { code: string; name: string }[];

  const kediri = () => placesOf(byRegency.get('35.06') ?? [], KEDIRI);

  beforeAll(async () => {
    const [districts, villages] = await Promise.all([getDistricts(), getVillages()]);
    regencies = await getRegencies();
    const names = new Map(districts.map(({ code, name }) => [code, name]));
    for (const { code, name } of villages) {
      const district = names.get(districtOf(code as VillageCode)) ?? '';
      const regency = regencyOf(code as VillageCode);
      byRegency.set(regency, [...(byRegency.get(regency) ?? []), village(code, name, district)]);
    }
  }, 20_000);

  it('has Kediri’s 344 villages in 26 districts, one of them a kelurahan: Pare', () => {
    const places = kediri();
    expect(places).toHaveLength(344);
    expect(new Set(places.map(({ code }) => districtOf(code))).size).toBe(26);
    const kelurahan = places.filter(({ code }) => isKelurahan(code));
    expect(kelurahan.map(({ village }) => village)).toEqual(['Pare']);
    expect(places.every(({ district }) => district !== '')).toBe(true);
  });

  it('has 24 names in Kediri that cover 55 villages, and only those carry their district', () => {
    const places = kediri();
    const bearers = new Map<string, number>();
    for (const { village } of places) bearers.set(village, (bearers.get(village) ?? 0) + 1);
    const shared = [...bearers].filter(([, count]) => count > 1);
    expect(shared).toHaveLength(24);
    expect(shared.reduce((sum, [, count]) => sum + count, 0)).toBe(55);
    expect(bearers.get('Sidomulyo')).toBe(4);
    expect(bearers.get('Wonorejo')).toBe(4);
    const named = places.filter(({ cooperativeName }) => cooperativeName.includes(' Kecamatan '));
    expect(named.map(({ village }) => village).sort()).toEqual(
      places
        .map(({ village }) => village)
        .filter((village) => (bearers.get(village) ?? 0) > 1)
        .sort(),
    );
  });

  it('gives each of Kediri’s cooperatives a name of its own', () => {
    const names = kediri().map(({ cooperativeName }) => cooperativeName);
    expect(new Set(names).size).toBe(344);
  });

  // Two desa of one district that the ministry itself gives one name: only codes tell them apart.
  it('gives every cooperative of Indonesia a name of its own in its regency, but for two', () => {
    const twice = regencies.flatMap(({ code, name: regency }) => {
      const names = placesOf(byRegency.get(code) ?? [], { regency, province: '' }).map(
        ({ cooperativeName }) => cooperativeName,
      );
      return names.filter((name, at) => names.indexOf(name) !== at);
    });
    expect(twice.sort()).toEqual([
      'Koperasi Desa Merah Putih Kogekotu Kecamatan Paniai Timur',
      'Koperasi Desa Merah Putih Tounelet Satu Kecamatan Sonder',
    ]);
  });

  it('has fewer villages in every regency than a list that is asked whole may have', () => {
    const most = Math.max(...[...byRegency.values()].map(({ length }) => length));
    expect(most).toBeGreaterThan(800);
    expect(most).toBeLessThan(999);
  });
});
