import { date, Nik, type VillageCode } from '#lumbung/kernel';
import { chanceOf } from './chance.js';
import { inventPerson, type Person } from './people.js';

const PARE = '35.06.17.1009' as VillageCode;
const VILLAGES = [PARE, '35.06.17.2010' as VillageCode];

const invent = (index: number, of = 30_000): Person =>
  inventPerson(chanceOf('people', index), { village: PARE, villages: VILLAGES, index, of });

const many = (count: number, of?: number) =>
  Array.from({ length: count }, (_, index) => invent(index, of));

describe('an invented person', () => {
  it('bears a number that could be a NIK but was issued in no district', () => {
    for (const { nik } of many(500)) {
      expect(Nik.safeParse(nik).success).toBe(true);
      expect(nik.slice(0, 6)).toBe('350699');
    }
  });

  it('has the birth date and sex that stand in the number', () => {
    for (const { nik, sex, birthDate } of many(500)) {
      const day = Number(nik.slice(6, 8));
      expect(day > 40).toBe(sex === 'P');
      const born = [nik.slice(10, 12), nik.slice(8, 10), String(day % 40).padStart(2, '0')];
      expect(birthDate.slice(2)).toBe(born.join('-'));
    }
  });

  it('shares the number with nobody, however many there are', () => {
    const of = 25_000;
    const niks = Array.from({ length: of }, (_, index) => invent(index, of).nik);
    expect(new Set(niks).size).toBe(of);
  });

  it('is grown up when cooperatives of this kind began', () => {
    for (const { birthDate } of many(500)) {
      expect(birthDate >= date('1948-01-01') && birthDate <= date('2006-12-31')).toBe(true);
    }
  });

  it('lives in the village, but for a few whose KTP says another', () => {
    const elsewhere = many(2_000).filter(({ ktpVillage }) => ktpVillage !== PARE);
    expect(elsewhere.length).toBeGreaterThan(10);
    expect(elsewhere.length).toBeLessThan(100);
  });

  it('has a name, an address, and no phone that could ring', () => {
    const phones = many(200).flatMap(({ name, address, phone }) => {
      expect(name).toMatch(/^[A-Z][a-z]+( [A-Z][a-z]+){0,2}$/);
      expect(address).toMatch(/^RT \d\d RW \d\d Dusun [A-Z][a-z]+$/);
      return phone ?? [];
    });
    expect(phones.length).toBeGreaterThan(100);
    expect(phones.filter((phone) => !/^\+62810\d{7}$/.test(phone))).toEqual([]);
  });
});
