import {
  CooperativeCode,
  DistrictCode,
  districtOf,
  isKelurahan,
  provinceOf,
  RegencyCode,
  regencyOf,
  VillageCode,
} from './region.js';

const PARE = VillageCode.parse('35.06.17.1009');

describe('a region code', () => {
  it('holds the codes of the regions above it', () => {
    expect(districtOf(PARE)).toBe('35.06.17');
    expect(regencyOf(PARE)).toBe('35.06');
    expect(regencyOf(districtOf(PARE))).toBe('35.06');
    expect(provinceOf(PARE)).toBe('35');
  });

  it('tells a kelurahan from a desa', () => {
    expect(isKelurahan(PARE)).toBe(true);
    expect(isKelurahan(VillageCode.parse('35.06.17.2001'))).toBe(false);
  });

  it('of a village keys its cooperative', () => {
    expect(CooperativeCode.parse(PARE)).toBe(PARE);
  });

  it.each([
    [RegencyCode, '35.06.17', 'REGENCY_CODE_MALFORMED'],
    [RegencyCode, '3506', 'REGENCY_CODE_MALFORMED'],
    [DistrictCode, '35.06', 'DISTRICT_CODE_MALFORMED'],
    [VillageCode, '35.06.17.109', 'VILLAGE_CODE_MALFORMED'],
    [VillageCode, '3506171009', 'VILLAGE_CODE_MALFORMED'],
    [VillageCode, '35.06.17.1009\n', 'VILLAGE_CODE_MALFORMED'],
  ])('is refused when it is malformed', (schema, text, code) => {
    expect(schema.safeParse(text).error?.issues[0]?.message).toBe(code);
  });
});
