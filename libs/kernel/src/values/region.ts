import { z } from 'zod';

/** Kemendagri codes (Kepmendagri 300.2.2-2138/2025): province, regency, district, village. */
export const RegencyCode = z
  .string()
  .regex(/^\d{2}\.\d{2}$/, 'REGENCY_CODE_MALFORMED')
  .brand<'RegencyCode'>();
export type RegencyCode = z.infer<typeof RegencyCode>;

export const DistrictCode = z
  .string()
  .regex(/^\d{2}\.\d{2}\.\d{2}$/, 'DISTRICT_CODE_MALFORMED')
  .brand<'DistrictCode'>();
export type DistrictCode = z.infer<typeof DistrictCode>;

export const VillageCode = z
  .string()
  .regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/, 'VILLAGE_CODE_MALFORMED')
  .brand<'VillageCode'>();
export type VillageCode = z.infer<typeof VillageCode>;

/** A cooperative is keyed by its village: names collide, codes do not. */
export const CooperativeCode = VillageCode;
export type CooperativeCode = VillageCode;

/** Where a role holds: a place by its code, from province to cooperative, or a programme. */
export const Scope = z
  .string()
  .regex(
    /^(\d{2}(\.\d{2}){0,2}|\d{2}\.\d{2}\.\d{2}\.\d{4}|program:[a-z0-9-]{1,40})$/,
    'SCOPE_MALFORMED',
  )
  .brand<'Scope'>();
export type Scope = z.infer<typeof Scope>;

/** Whether a scope is that place, or one that the place lies in. */
export const covers = (scope: string, place: string): boolean =>
  place.startsWith(scope) && (place.length === scope.length || place[scope.length] === '.');

export const provinceOf = (code: string): string => code.slice(0, 2);
export const regencyOf = (code: VillageCode | DistrictCode): RegencyCode =>
  code.slice(0, 5) as RegencyCode;
export const districtOf = (code: VillageCode): DistrictCode => code.slice(0, 8) as DistrictCode;

/** A village number of 1xxx is a kelurahan, 2xxx a desa. */
export const isKelurahan = (code: VillageCode): boolean => code.charAt(9) === '1';
