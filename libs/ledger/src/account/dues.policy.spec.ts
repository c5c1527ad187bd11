import fc from 'fast-check';
import { addMonths, month, Rejection, rupiah } from '#lumbung/kernel';
import {
  isPaid,
  markPaid,
  markPaidThrough,
  type Paid,
  policyFor,
  withPolicy,
} from './dues.policy.js';

const policy = (from: string, wajib: number) => ({
  from: month(from),
  pokok: rupiah(100_000),
  wajib: rupiah(wajib),
  pokokInParts: false,
});

describe('policies', () => {
  const policies = [policy('2026-07', 25_000), policy('2026-01', 20_000)].reduce(
    withPolicy,
    [] as ReturnType<typeof withPolicy>,
  );

  it.each([
    ['2026-01', 20_000],
    ['2026-06', 20_000],
    ['2026-07', 25_000],
    ['2030-12', 25_000],
  ])('hold from their month on: in %s the wajib is %d', (period, wajib) => {
    expect(policyFor(policies, month(period)).wajib).toBe(wajib);
  });

  it('say nothing of the months before the first', () => {
    expect(() => policyFor(policies, month('2025-12'))).toThrow(Rejection);
    expect(() => policyFor([], month('2026-01'))).toThrow(/^TERMS_NOT_SET/);
  });

  it('of the same month replace each other, and stay in order', () => {
    const changed = withPolicy(policies, policy('2026-01', 15_000));
    expect(changed.map(({ from, wajib }) => [from, wajib])).toEqual([
      ['2026-01', 15_000],
      ['2026-07', 25_000],
    ]);
    expect(policies).toHaveLength(2);
  });
});

describe('dues', () => {
  const since = month('2026-01');
  const nothing = (): Paid => ({ paidThrough: addMonths(since, -1), paidAfter: [] });
  const monthsLater = fc.integer({ min: 0, max: 30 }).map((months) => addMonths(since, months));
  const months = fc.uniqueArray(monthsLater, { maxLength: 20 });
  const shuffled = (all: string[]) => fc.shuffledSubarray(all, { minLength: all.length });

  it('are the same in whatever order they were paid', () => {
    const orders = months.chain((all) => fc.tuple(fc.constant(all), shuffled(all)));
    fc.assert(
      fc.property(orders, ([some, others]) => {
        const [one, other] = [nothing(), nothing()];
        for (const due of some) markPaid(one, month(due));
        for (const due of others) markPaid(other, month(due));
        expect(other).toEqual(one);
      }),
    );
  });

  it('are paid for the months that were paid, and for no others', () => {
    fc.assert(
      fc.property(months, monthsLater, (all, asked) => {
        const paid = nothing();
        for (const due of all) markPaid(paid, due);
        expect(isPaid(paid, asked)).toBe(all.includes(asked));
        expect(paid.paidAfter).not.toContain(addMonths(paid.paidThrough, 1));
      }),
    );
  });

  it('from before these books are paid up to a month, and what was paid ahead stays paid', () => {
    fc.assert(
      fc.property(months, monthsLater, monthsLater, (all, through, asked) => {
        const paid = nothing();
        for (const due of all) markPaid(paid, due);
        markPaidThrough(paid, through);
        expect(isPaid(paid, asked)).toBe(asked <= through || all.includes(asked));
        expect(paid.paidAfter.every((due) => due > paid.paidThrough)).toBe(true);
        expect(paid.paidAfter).not.toContain(addMonths(paid.paidThrough, 1));
      }),
    );
  });
});
