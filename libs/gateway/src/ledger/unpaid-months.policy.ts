import type { SimpananBalance, SimpananPolicy } from '#lumbung/contracts';
import { addMonths, type Month } from '#lumbung/kernel';

// Ten years of arrears are enough to show.
const MOST = 120;

type Paid = Pick<SimpananBalance, 'paidThrough' | 'paidAfter'>;

const hasDue = (policies: readonly SimpananPolicy[], month: Month): boolean =>
  (policies.findLast(({ from }) => from <= month)?.wajib ?? 0) > 0;

/** The months whose due is open, up to and with `through`, the oldest first. */
export const unpaidMonths = (
  { paidThrough, paidAfter }: Paid,
  policies: readonly SimpananPolicy[],
  through: Month,
): Month[] => {
  if (paidThrough === null) return [];
  const months: Month[] = [];
  let month = addMonths(paidThrough, 1);
  while (month <= through && months.length < MOST) {
    if (!paidAfter.includes(month) && hasDue(policies, month)) months.push(month);
    month = addMonths(month, 1);
  }
  return months;
};
