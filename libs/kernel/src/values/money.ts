import { z } from 'zod';

/** Whole rupiah, signed, within ±(2^53 − 1). Source: docs/adr/0002-money.md. */
export const Rupiah = z.int('AMOUNT_NOT_WHOLE').brand<'Rupiah'>();
export type Rupiah = z.infer<typeof Rupiah>;

/** A trillion: more than any village's cooperative has, and few enough for all to add up. */
export const MOST_RUPIAH = 1_000_000_000_000;

/** A sum that somebody enters, such as a deposit; a NIK typed in its place is too much. */
export const Amount = z
  .int('AMOUNT_NOT_WHOLE')
  .min(-MOST_RUPIAH, 'AMOUNT_TOO_LARGE')
  .max(MOST_RUPIAH, 'AMOUNT_TOO_LARGE')
  .brand<'Rupiah'>();

/** Throws RangeError when `amount` is not a whole number within the safe range. */
export const rupiah = (amount: number): Rupiah => {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole amount: ${amount}`);
  return (amount === 0 ? 0 : amount) as Rupiah;
};

export const ZERO = rupiah(0);

/** Each partial sum is checked, so an overflow never comes back as a plausible figure. */
export const add = (first: Rupiah, ...others: Rupiah[]): Rupiah =>
  others.reduce((total, amount) => rupiah(total + amount), first);

export const subtract = (from: Rupiah, amount: Rupiah): Rupiah => rupiah(from - amount);

export const sum = (amounts: Iterable<Rupiah>): Rupiah => {
  let total = ZERO;
  for (const amount of amounts) total = add(total, amount);
  return total;
};

/**
 * Splits `total` in proportion to whole `weights`, by the largest remainder; ties go to the
 * earlier weight. The parts always add up to `total`. Throws RangeError for a negative total or
 * weight, and when the weights add up to nothing.
 */
export const split = (total: Rupiah, weights: readonly number[]): Rupiah[] => {
  if (total < 0 || weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError('split takes a total and whole weights that are not negative');
  }
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) throw new RangeError('split needs a weight above zero');
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = exact.map((share) => Number(share / whole));
  const left = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share % whole }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts.map(rupiah);
};

/** `Rp1.250.000`, as it is written in Indonesia. */
export const inRupiah = (amount: number): string => {
  const digits = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${amount < 0 ? '-' : ''}Rp${digits}`;
};
