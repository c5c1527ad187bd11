import type { SimpananBalance } from '#lumbung/contracts';
import { addMonths, type Month } from '#lumbung/kernel';

// Ten years of arrears are enough to show.
const MOST = 120;

/** The months whose due is open, up to and with `through`, the oldest first. */
export const unpaidMonths = (
  { paidThrough, paidAfter }: Pick<SimpananBalance, 'paidThrough' | 'paidAfter'>,
  through: Month,
): Month[] => {
  if (paidThrough === null) return [];
  const months: Month[] = [];
  let month = addMonths(paidThrough, 1);
  while (month <= through && months.length < MOST) {
    if (!paidAfter.includes(month)) months.push(month);
    month = addMonths(month, 1);
  }
  return months;
};
