import { duesOf, nextPolicyFrom, policyIn } from './policy.js';

const first = { from: '2026-01', pokok: 100_000, wajib: 10_000, pokokInParts: false };
const second = { from: '2026-07', pokok: 150_000, wajib: 15_000, pokokInParts: true };

describe('the policy of simpanan', () => {
  it('that holds is the latest that has begun, in whichever order they are listed', () => {
    for (const policies of [
      [first, second],
      [second, first],
    ]) {
      expect(policyIn(policies, '2026-06')).toBe(first);
      expect(policyIn(policies, '2026-07')).toBe(second);
      expect(policyIn(policies, '2025-12')).toBeUndefined();
    }
  });

  it('tells what months amount to, each by the policy of its day', () => {
    expect(duesOf([first, second], ['2025-12', '2026-06', '2026-07'])).toBe(25_000);
  });

  it('may begin this month when it is the first, else next month', () => {
    expect(nextPolicyFrom([], '2026-11')).toBe('2026-11');
    expect(nextPolicyFrom([first], '2026-12')).toBe('2027-01');
  });
});
