import { getRegencies } from 'idn-area-data';
import { Rejection } from '#lumbung/kernel';

/**
 * Rejects REGENCY_UNKNOWN for a code that no regency has: a folder that was founded with a slip of
 * the pen would belong to it for good.
 */
export const mustBeRegency = async (code: string): Promise<void> => {
  const regencies = await getRegencies();
  if (regencies.some((regency) => regency.code === code)) return;
  const sentence = `Kode kabupaten ${code} tidak ada dalam daftar wilayah.`;
  throw new Rejection('REGENCY_UNKNOWN', sentence, { regency: code });
};
