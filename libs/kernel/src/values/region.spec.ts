import {
  CooperativeCode,
  covers,
  DistrictCode,
  districtOf,
  isKelurahan,
  provinceOf,
  RegencyCode,
  regencyOf,
  Scope,
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

describe('a scope', () => {
  it.each([
    ['35.06.17.1009', '35.06.17.1009', true],
    ['35.06.17', '35.06.17.1009', true],
    ['35.06', '35.06.17.1009', true],
    ['35', '35.06.17', true],
    ['35.06.17.1009', '35.06.17', false],
    ['35.06.17.1009', '35.06.17.1008', false],
    ['35.06.1', '35.06.17.1009', false],
    ['35.06', '35.07.01.2001', false],
    ['program:kopdes', 'program:kopdes', true],
    ['program:kopdes', 'program:kopdes-2', false],
    ['35.06', '', false],
  ])('%s covers %s: %s', (scope, place, isCovered) => {
    expect(covers(scope, place)).toBe(isCovered);
  });

  it.each(['35', '35.06', '35.06.17', '35.06.17.1009', 'program:kopdes-1'])('may be %s', (code) => {
    expect(Scope.parse(code)).toBe(code);
  });

  it.each(['', '3', '35.', '35.06.17.10', '35.06.17.1009.1', 'program:', 'program:A', ' 35'])(
    'is never "%s"',
    (code) => {
      expect(Scope.safeParse(code).error?.issues[0]?.message).toBe('SCOPE_MALFORMED');
    },
  );
});
