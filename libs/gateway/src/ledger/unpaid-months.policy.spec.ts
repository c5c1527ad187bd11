import { month, rupiah } from '#lumbung/kernel';
import { unpaidMonths } from './unpaid-months.policy.js';

const policy = (from: string, wajib: number) => ({
  from: month(from),
  pokok: rupiah(100_000),
  wajib: rupiah(wajib),
  pokokInParts: false,
});

const paid = (through: string | null, ...after: string[]) => ({
  paidThrough: through === null ? null : month(through),
  paidAfter: after.map(month),
});

describe('unpaid months', () => {
  const policies = [policy('2026-01', 20_000), policy('2026-06', 0), policy('2026-08', 25_000)];

  it('are those after the last paid one, without any paid ahead', () => {
    expect(unpaidMonths(paid('2026-01', '2026-03'), policies, month('2026-04'))).toEqual([
      '2026-02',
      '2026-04',
    ]);
  });

  it('are only months that carry a due', () => {
    expect(unpaidMonths(paid('2026-04'), policies, month('2026-08'))).toEqual([
      '2026-05',
      '2026-08',
    ]);
    expect(unpaidMonths(paid('2025-10'), policies, month('2026-01'))).toEqual(['2026-01']);
  });

  it('are none without an account, and none in the past', () => {
    expect(unpaidMonths(paid(null), policies, month('2026-04'))).toEqual([]);
    expect(unpaidMonths(paid('2026-04'), policies, month('2026-03'))).toEqual([]);
  });

  it('are shown for ten years at most', () => {
    const owed = unpaidMonths(paid('2015-12'), [policy('2010-01', 20_000)], month('2026-01'));
    expect([owed.length, owed[0], owed.at(-1)]).toEqual([120, '2016-01', '2025-12']);
  });

  it('cost nothing where nothing is due, however far ahead somebody asks', () => {
    const began = performance.now();
    for (let member = 0; member < 500; member++) {
      expect(unpaidMonths(paid('2026-01'), [policy('2026-01', 0)], month('9899-12'))).toEqual([]);
    }
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('are found behind many years without a due', () => {
    const late = [policy('1990-01', 0), policy('2026-01', 20_000)];
    expect(unpaidMonths(paid('1989-12'), late, month('2026-02'))).toEqual(['2026-01', '2026-02']);
  });
});
