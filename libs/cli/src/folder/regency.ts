import { getRegencies } from 'idn-area-data';
import { refuse } from '#lumbung/kernel';
import { cliRejections } from '../rejections.js';

/**
 * Rejects REGENCY_UNKNOWN for a code that no regency has: a folder that was founded with a slip of
 * the pen would belong to it for good.
 */
export const mustBeRegency = async (code: string): Promise<void> => {
  const regencies = await getRegencies();
  if (regencies.some((regency) => regency.code === code)) return;
  throw refuse(cliRejections, 'REGENCY_UNKNOWN', { regency: code });
};
