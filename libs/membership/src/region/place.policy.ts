import type { Place } from '#lumbung/contracts';
import { isKelurahan, type VillageCode } from '#lumbung/kernel';

/** A village as reference data has it, in its district. */
export type Village = { code: VillageCode; name: string; district: string };

const plainName = ({ code, name }: Village): string =>
  `${isKelurahan(code) ? 'Koperasi Kelurahan' : 'Koperasi Desa'} Merah Putih ${name}`;

/**
 * All villages of one regency with the names of their cooperatives, by code. A cooperative is
 * named by its kind and village (SE Menkop 1/2025); where that would name two in one regency,
 * the district (kecamatan) follows.
 */
export const placesOf = (
  villages: readonly Village[],
  names: { regency: string; province: string },
): Place[] => {
  const bearers = new Map<string, number>();
  for (const village of villages) {
    bearers.set(plainName(village), (bearers.get(plainName(village)) ?? 0) + 1);
  }
  return villages
    .map((village) => {
      const plain = plainName(village);
      const isShared = (bearers.get(plain) ?? 0) > 1;
      return {
        code: village.code,
        village: village.name,
        district: village.district,
        ...names,
        cooperativeName: isShared ? `${plain} Kecamatan ${village.district}` : plain,
      };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
};
