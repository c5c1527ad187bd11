const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, '.');

/** Whole rupiah as people write it: `Rp1.250.000`, `-Rp500`. */
export const inRupiah = (amount: number): string =>
  `${amount < 0 ? '-' : ''}Rp${grouped(String(Math.abs(amount)))}`;

/** A count with its thousands apart: `12.500`. */
export const inThousands = (count: number): string => grouped(String(count));

/**
 * What somebody typed, as whole rupiah; undefined when it is no such amount. Dots must stand
 * between thousands, so that a decimal point is not taken for one.
 */
export const rupiahFrom = (text: string): number | undefined => {
  const typed = text.trim().replace(/^Rp\s*/i, '');
  if (!/^(\d+|\d{1,3}(\.\d{3})+)$/.test(typed)) return;
  const amount = Number(typed.replaceAll('.', ''));
  return Number.isSafeInteger(amount) ? amount : undefined;
};

/** Sets the dots while somebody types; text that is more than digits and dots stays as it is. */
export const dotted = (text: string): string => {
  const digits = text.replaceAll('.', '');
  return /^\d+$/.test(digits) ? grouped(digits.replace(/^0+(?=\d)/, '')) : text;
};
