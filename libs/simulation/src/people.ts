import {
  addDays,
  type Nik,
  type PlainDate,
  type RegencyCode,
  regencyOf,
  type VillageCode,
} from '#lumbung/kernel';
import type { Chance } from './chance.js';
import { FAMILY, HAMLETS, MEN, WOMEN } from './names.js';

/** An invented person, as a treasurer copies him from a KTP. */
export type Person = {
  nik: Nik;
  name: string;
  sex: 'L' | 'P';
  birthDate: PlainDate;
  address: string;
  ktpVillage: VillageCode;
  phone?: string;
};

/** Where a person comes from: `index` is his own, among `of` who are ever invented. */
export type Origin = {
  village: VillageCode;
  /** Villages of the regency, among which a few have their KTP. */
  villages: readonly VillageCode[];
  index: number;
  of: number;
};

const SERIALS = 9_999;
const ELDEST = '1948-01-01' as PlainDate;
const AGES_DAYS = 58 * 365;

const digits = (value: number, length: number) => String(value).padStart(length, '0');

/**
 * District 99 is no district, so the number is nobody's. Two of the same serial are born on days
 * of different remainders, so no two numbers are the same.
 */
const nikOf = (regency: RegencyCode, birthDate: PlainDate, sex: 'L' | 'P', serial: number): Nik => {
  const [year, month, day] = birthDate.split('-') as [string, string, string];
  const dayOf = digits(Number(day) + (sex === 'P' ? 40 : 0), 2);
  const issued = `${regency.replace('.', '')}99`;
  return `${issued}${dayOf}${month}${year.slice(2)}${digits(serial, 4)}` as Nik;
};

const bornAt = (chance: Chance, { index, of }: Origin): PlainDate => {
  const blocks = Math.ceil(of / SERIALS);
  const block = Math.floor(index / SERIALS);
  const days = chance.whole(0, AGES_DAYS);
  return addDays(ELDEST, days - (days % blocks) + block);
};

const nameOf = (chance: Chance, sex: 'L' | 'P') => {
  const given = sex === 'L' ? MEN : WOMEN;
  const first = chance.pick(given);
  const middle = chance.happens(0.25) ? ` ${chance.pick(given)}` : '';
  // Many Javanese have one name only.
  const last = chance.happens(0.8) ? ` ${chance.pick(FAMILY)}` : '';
  return `${first}${middle}${last}`;
};

const addressOf = (chance: Chance) =>
  `RT ${digits(chance.whole(1, 8), 2)} RW ${digits(chance.whole(1, 5), 2)} ` +
  `Dusun ${chance.pick(HAMLETS)}`;

// Prefix 0810 is no operator's.
const phoneOf = (chance: Chance) => `+62810${digits(chance.whole(0, 9_999_999), 7)}`;

export const inventPerson = (chance: Chance, origin: Origin): Person => {
  const sex = chance.happens(0.52) ? 'P' : 'L';
  const birthDate = bornAt(chance, origin);
  const serial = (origin.index % SERIALS) + 1;
  const isFromElsewhere = chance.happens(0.04);
  return {
    nik: nikOf(regencyOf(origin.village), birthDate, sex, serial),
    name: nameOf(chance, sex),
    sex,
    birthDate,
    address: addressOf(chance),
    ktpVillage: isFromElsewhere ? chance.pick(origin.villages) : origin.village,
    ...(chance.happens(0.7) && { phone: phoneOf(chance) }),
  };
};
