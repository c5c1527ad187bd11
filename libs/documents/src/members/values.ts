import {
  MOST_RUPIAH,
  Nik,
  PlainDate,
  type Rupiah,
  rupiah,
  VillageCode,
  ZERO,
} from '#lumbung/kernel';
import type { FindingCode } from './findings.js';

/** A value, or why the text is none. */
export type Read<T> = { value: T } | { code: FindingCode };

const EARLIEST = '1900-01-01';

export const readNik = (text: string): Read<Nik> => {
  const nik = Nik.safeParse(text.trim());
  return nik.success ? { value: nik.data } : { code: 'NIK_MALFORMED' };
};

/** Blanks in a row count as one. `length` as the register takes it. */
export const readText = (text: string, length: number): Read<string> => {
  const value = text.trim().replace(/\s+/g, ' ');
  return value.length > length ? { code: 'TEXT_TOO_LONG' } : { value };
};

export const readName = (text: string): Read<string> =>
  text.trim() === '' ? { code: 'NAME_MISSING' } : readText(text, 120);

export const readSex = (text: string): Read<'L' | 'P'> => {
  const value = text.trim().toUpperCase();
  return value === 'L' || value === 'P' ? { value } : { code: 'SEX_MALFORMED' };
};

const DAY_FIRST = /^(\d\d)([-/])(\d\d)\2(\d{4})$/;

/** YYYY-MM-DD, DD-MM-YYYY or DD/MM/YYYY, from 1900 to `today`. */
export const readDate = (text: string, today: PlainDate): Read<PlainDate> => {
  const day = text.trim().replace(DAY_FIRST, '$4-$3-$1');
  if (/^\d{4}-\d\d-\d\d$/.test(day) && day < EARLIEST) return { code: 'DATE_TOO_EARLY' };
  const value = PlainDate.safeParse(day);
  if (!value.success) return { code: 'DATE_MALFORMED' };
  return value.data > today ? { code: 'DATE_IN_FUTURE' } : { value: value.data };
};

export const readVillage = (
  text: string,
  knows: (village: VillageCode) => boolean,
): Read<VillageCode> => {
  const village = VillageCode.safeParse(text.trim());
  if (!village.success) return { code: 'VILLAGE_CODE_MALFORMED' };
  return knows(village.data) ? { value: village.data } : { code: 'VILLAGE_UNKNOWN' };
};

const ABROAD = /^\+[1-9]\d{7,14}$/;
const AT_HOME = /^(?:62|0)([1-9]\d{6,12})$/;

/** In the form of ITU-T E.164, `+6281234567890`; undefined when there is none. */
export const readPhone = (text: string): Read<string | undefined> => {
  const digits = text.replace(/[\s().-]/g, '');
  if (digits === '') return { value: undefined };
  if (ABROAD.test(digits)) return { value: digits };
  const [, local] = AT_HOME.exec(digits) ?? [];
  return local ? { value: `+62${local}` } : { code: 'PHONE_MALFORMED' };
};

const AMOUNT = /^-?(\d+|\d{1,3}(\.\d{3})+)$/;

/** Whole rupiah, with or without dots between thousands; nothing is zero. */
export const readAmount = (text: string): Read<Rupiah> => {
  const trimmed = text.trim();
  if (trimmed === '') return { value: ZERO };
  if (!AMOUNT.test(trimmed)) return { code: 'AMOUNT_NOT_WHOLE' };
  const amount = Number(trimmed.replaceAll('.', ''));
  if (amount < 0) return { code: 'AMOUNT_NEGATIVE' };
  return amount <= MOST_RUPIAH ? { value: rupiah(amount) } : { code: 'AMOUNT_TOO_LARGE' };
};
