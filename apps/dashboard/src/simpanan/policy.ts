import type { SimpananPolicy } from '../cooperative/queries.js';
import { monthOf, monthsLater } from '../format/calendar.js';

/** The policy that holds in `month`: the latest that has begun; none before the first. */
export const policyIn = (
  policies: readonly SimpananPolicy[],
  month: string,
): SimpananPolicy | undefined => {
  let holding: SimpananPolicy | undefined;
  for (const policy of policies) {
    if (policy.from <= month && (!holding || policy.from > holding.from)) holding = policy;
  }
  return holding;
};

/** The policy whose pokok a member owes: of the month he joined in, or the first ever after. */
export const pokokPolicyOf = (
  policies: readonly SimpananPolicy[],
  { joinedOn }: { joinedOn: string },
): SimpananPolicy | undefined => policyIn(policies, monthOf(joinedOn)) ?? policies[0];

/** What a member owes for each of `months`, in rupiah. */
export const duesOf = (policies: readonly SimpananPolicy[], months: readonly string[]): number =>
  months.reduce((total, month) => total + (policyIn(policies, month)?.wajib ?? 0), 0);

/** The month from which a new policy is offered: one in use changes for the future only. */
export const nextPolicyFrom = (policies: readonly SimpananPolicy[], month: string): string =>
  policies.length === 0 ? month : monthsLater(month, 1);
