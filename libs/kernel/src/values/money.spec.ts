import fc from 'fast-check';
import {
  Amount,
  add,
  inRupiah,
  MOST_RUPIAH,
  Rupiah,
  rupiah,
  split,
  subtract,
  sum,
} from './money.js';

const MOST = Number.MAX_SAFE_INTEGER;

describe('an amount', () => {
  it.each([0, 1, -1, MOST, -MOST])('may be %d', (amount) => {
    expect(rupiah(amount)).toBe(amount);
    expect(Rupiah.parse(amount)).toBe(amount);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, MOST + 1])('is never %d', (amount) => {
    expect(() => rupiah(amount)).toThrow(RangeError);
    expect(Rupiah.safeParse(amount).error?.issues[0]?.message).toBe('AMOUNT_NOT_WHOLE');
  });

  it('that somebody enters is no NIK', () => {
    const refusal = (amount: number) => Amount.safeParse(amount).error?.issues[0]?.message;
    expect(Amount.parse(MOST_RUPIAH)).toBe(MOST_RUPIAH);
    for (const amount of [MOST_RUPIAH + 1, -MOST_RUPIAH - 1, 3_506_991_009_850_001]) {
      expect(refusal(amount)).toBe('AMOUNT_TOO_LARGE');
    }
    expect(refusal(0.5)).toBe('AMOUNT_NOT_WHOLE');
  });

  it('has one zero', () => {
    expect(rupiah(-0)).toBe(0);
  });

  it('is added, subtracted and summed', () => {
    expect(add(rupiah(1), rupiah(2), rupiah(-5))).toBe(-2);
    expect(subtract(rupiah(1), rupiah(2))).toBe(-1);
    expect(sum([rupiah(10), rupiah(20)])).toBe(30);
    expect(sum([])).toBe(0);
  });

  it('never comes back plausible from beyond the safe range, not even on the way', () => {
    expect(() => add(rupiah(MOST), rupiah(1), rupiah(-1))).toThrow(RangeError);
    expect(() => sum([rupiah(MOST), rupiah(1), rupiah(-1)])).toThrow(RangeError);
    expect(() => subtract(rupiah(-MOST), rupiah(1))).toThrow(RangeError);
  });

  it.each([
    [0, 'Rp0'],
    [999, 'Rp999'],
    [1_000, 'Rp1.000'],
    [1_250_000, 'Rp1.250.000'],
    [-20_000, '-Rp20.000'],
    [MOST, 'Rp9.007.199.254.740.991'],
  ])('of %d is written %s', (amount, text) => {
    expect(inRupiah(amount)).toBe(text);
  });
});

describe('a split', () => {
  // A SHU of Rp100.000.000: jasa modal 15 %, jasa usaha 30 %, for three members.
  it('gives each pool its percentage, and the last rupiah to the largest remainder', () => {
    expect(split(rupiah(100_000_000), [25, 20, 15, 30, 4, 2, 2, 2])).toEqual([
      25_000_000, 20_000_000, 15_000_000, 30_000_000, 4_000_000, 2_000_000, 2_000_000, 2_000_000,
    ]);
    expect(split(rupiah(15_000_000), [700_000, 460_000, 340_000])).toEqual([
      7_000_000, 4_600_000, 3_400_000,
    ]);
    // Exactly 15.254.237,29 and 5.084.745,76 and 9.661.016,95.
    expect(split(rupiah(30_000_000), [7_500_000, 2_500_000, 4_750_000])).toEqual([
      15_254_237, 5_084_746, 9_661_017,
    ]);
  });

  it('gives the earlier of two equals the rupiah that is left', () => {
    expect(split(rupiah(1), [1, 1])).toEqual([1, 0]);
    expect(split(rupiah(5), [1, 1, 1])).toEqual([2, 2, 1]);
    expect(split(rupiah(100), [0, 1, 1, 1])).toEqual([0, 34, 33, 33]);
  });

  it.each<[number, number[]]>([
    [-1, [1]],
    [1, [1, -1]],
    [1, [0.5]],
    [1, [0, 0]],
    [1, []],
  ])('of %d by %j is refused', (total, weights) => {
    expect(() => split(rupiah(total), weights)).toThrow(RangeError);
  });

  const weights = fc
    .array(fc.maxSafeNat(), { minLength: 1, maxLength: 40 })
    .filter((all) => all.some((weight) => weight > 0));

  it('adds up, and no part is a rupiah off', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), weights, (total, all) => {
        const parts = split(rupiah(total), all);
        expect(sum(parts)).toBe(total);
        const whole = all.reduce((whole, weight) => whole + BigInt(weight), 0n);
        for (const [index, part] of parts.entries()) {
          const off = BigInt(part) * whole - BigInt(total) * BigInt(all[index] ?? 0);
          expect(off > -whole && off < whole).toBe(true);
        }
      }),
    );
  });

  it('never gives a larger weight less, nor an equal and earlier one', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), weights, (total, all) => {
        const parts = split(rupiah(total), all);
        for (const [index, weight] of all.entries()) {
          const others = all.slice(index + 1).map((other, offset) => ({
            other,
            part: parts[index + 1 + offset] ?? 0,
          }));
          for (const { other, part } of others) {
            if (weight >= other) expect(parts[index]).toBeGreaterThanOrEqual(part);
          }
        }
      }),
    );
  });
});
