const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, '.');

/** Whole rupiah as people write it: `Rp1.250.000`, `-Rp500`. */
export const inRupiah = (amount: number): string =>
  `${amount < 0 ? '-' : ''}Rp${grouped(String(Math.abs(amount)))}`;

/** A count with its thousands apart: `12.500`. */
export const inThousands = (count: number): string => grouped(String(count));

/** The server refuses more than this too; so a NIK typed here is no amount. */
const MOST = 1_000_000_000_000;

const wholeFrom = (text: string): number | undefined => {
  const typed = text.trim().replace(/^Rp\s*/i, '');
  if (!/^(\d+|\d{1,3}(\.\d{3})+)$/.test(typed)) return;
  return Number(typed.replaceAll('.', ''));
};

/**
 * What somebody typed, as whole rupiah; undefined when it is no such amount. Dots must stand
 * between thousands, so that a decimal point is not taken for one.
 */
export const rupiahFrom = (text: string): number | undefined => {
  const amount = wholeFrom(text);
  return amount !== undefined && amount <= MOST ? amount : undefined;
};

/** What is wrong with an amount that somebody typed; nothing with none. `least` is 0 or 1. */
export const rupiahTrouble = (text: string, least: number): string | undefined => {
  if (text === '') return;
  const amount = wholeFrom(text);
  if (amount === undefined || amount < least) {
    return `Tulis rupiah bulat${least > 0 ? ' di atas nol' : ''}, tanpa sen.`;
  }
  return amount > MOST ? `Paling banyak ${inRupiah(MOST)}.` : undefined;
};

/** Sets the dots while somebody types; text that is more than digits and dots stays as it is. */
export const dotted = (text: string): string => {
  const digits = text.replaceAll('.', '');
  return /^\d+$/.test(digits) ? grouped(digits.replace(/^0+(?=\d)/, '')) : text;
};
