import { z } from 'zod';

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

// PPKKCC DDMMYY SSSS; a woman's day counts from 41. The century is not in the number, so the
// 29th of February passes in any leap year of either century.
const isNik = (text: string) => {
  if (!/^\d{16}$/.test(text)) return false;
  const birthDay = Number(text.slice(6, 8)) % 40;
  const birthMonth = Number(text.slice(8, 10));
  const year = Number(text.slice(10, 12));
  const days = DAYS[birthMonth - 1] ?? 0;
  const inLeapYear = !(birthMonth === 2 && birthDay === 29) || year % 4 === 0;
  return (
    Number(text.slice(6, 8)) <= 71 &&
    birthDay >= 1 &&
    birthDay <= days &&
    inLeapYear &&
    text.slice(12) !== '0000'
  );
};

/**
 * Nomor Induk Kependudukan: 16 digits with a real date of birth and a serial that is not 0000.
 * Its region prefix says where it was first issued, not where its bearer lives, so it refuses
 * nobody.
 */
export const Nik = z.string().refine(isNik, 'NIK_MALFORMED').brand<'Nik'>();
export type Nik = z.infer<typeof Nik>;
