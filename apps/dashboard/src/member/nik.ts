import { isDate } from '../format/calendar.js';

/** What a NIK tells: digits `PPKKCC DDMMYY SSSS`, a woman's day counted from 41. */
export type NikReading = { sex: 'L' | 'P'; birthDate: string };

export type NikCheck = { trouble?: string; reading?: NikReading };

// The century is not in the number: the latest one in which the day lies before `today`.
const birthDateIn = (nik: string, today: string): string | undefined => {
  const day = String(Number(nik.slice(6, 8)) % 40).padStart(2, '0');
  const inYear = `${nik.slice(8, 10)}-${day}`;
  const year = nik.slice(10, 12);
  const dates = [`20${year}-${inYear}`, `19${year}-${inYear}`].filter(isDate);
  return dates.find((date) => date <= today) ?? dates[0];
};

/**
 * Checks what has been typed of a NIK so far; `today` is a date. The region in front says where
 * it was first issued and refuses nobody.
 */
export const checkNik = (typed: string, today: string): NikCheck => {
  if (typed === '') return {};
  if (/\D/.test(typed)) return { trouble: 'NIK hanya angka, tanpa spasi atau titik.' };
  if (typed.length > 16) return { trouble: `NIK 16 angka; ini ${typed.length}.` };
  if (typed.length < 16) return {};
  const birthDate = Number(typed.slice(6, 8)) <= 71 ? birthDateIn(typed, today) : undefined;
  if (!birthDate) return { trouble: 'Angka ke-7 sampai ke-12 bukan tanggal lahir yang ada.' };
  if (typed.endsWith('0000')) return { trouble: 'Empat angka terakhir tidak boleh 0000.' };
  return { reading: { sex: Number(typed.slice(6, 8)) > 40 ? 'P' : 'L', birthDate } };
};
