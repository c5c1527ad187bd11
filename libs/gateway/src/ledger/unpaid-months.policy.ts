import type { SimpananBalance, SimpananPolicy } from '#lumbung/contracts';
import { addMonths, type Month } from '#lumbung/kernel';

// Ten years of arrears are enough to show.
const MOST = 120;

type Paid = Pick<SimpananBalance, 'paidThrough' | 'paidAfter'>;

const later = (one: Month, other: Month): Month => (one > other ? one : other);

/**
 * The months whose due is open, up to and with `through`, the oldest first. Only months that carry
 * a due are walked, so a `through` far ahead costs no more than what is shown.
 */
export const unpaidMonths = (
  { paidThrough, paidAfter }: Paid,
  policies: readonly SimpananPolicy[],
  through: Month,
): Month[] => {
  if (paidThrough === null) return [];
  const paid = new Set(paidAfter);
  const months: Month[] = [];
  for (const [place, { from, wajib }] of policies.entries()) {
    if (wajib === 0) continue;
    const next = policies[place + 1]?.from;
    let month = later(from, addMonths(paidThrough, 1));
    while (month <= through && (!next || month < next) && months.length < MOST) {
      if (!paid.has(month)) months.push(month);
      month = addMonths(month, 1);
    }
  }
  return months;
};
