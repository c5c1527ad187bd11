import { ensureLedger as ensure, type SimpananPolicy } from '#lumbung/contracts';
import { addMonths, type DeepReadonly, type Month } from '#lumbung/kernel';

/** The policy that holds for a month: the latest that began by then. Rejects TERMS_NOT_SET. */
export const policyFor = (
  policies: DeepReadonly<SimpananPolicy[]>,
  month: Month,
): DeepReadonly<SimpananPolicy> => {
  const policy = policies.findLast(({ from }) => from <= month);
  ensure(policy, 'TERMS_NOT_SET');
  return policy;
};

/**
 * The policy whose pokok somebody owes who is a candidate since then: what the RAT decides later
 * is for those who come later. Rejects TERMS_NOT_SET.
 */
export const pokokPolicyFor = (
  policies: DeepReadonly<SimpananPolicy[]>,
  since: Month,
): DeepReadonly<SimpananPolicy> => {
  const [first] = policies;
  return first && since < first.from ? first : policyFor(policies, since);
};

/** Policies stay in the order of their months; one of the same month is replaced. */
export const withPolicy = (policies: SimpananPolicy[], policy: SimpananPolicy): SimpananPolicy[] =>
  [...policies.filter(({ from }) => from !== policy.from), policy].sort((a, b) =>
    a.from < b.from ? -1 : 1,
  );

/** Every month up to `paidThrough`, and those in `paidAfter`, are paid. */
export type Paid = { paidThrough: Month; paidAfter: Month[] };

export const isPaid = ({ paidThrough, paidAfter }: DeepReadonly<Paid>, month: Month): boolean =>
  month <= paidThrough || paidAfter.includes(month);

/** Marks one month as paid, whatever the order in which arrears are settled. */
export const markPaid = (paid: Paid, month: Month): void => {
  paid.paidAfter.push(month);
  paid.paidAfter.sort();
  while (paid.paidAfter[0] === addMonths(paid.paidThrough, 1)) {
    paid.paidThrough = paid.paidAfter.shift() as Month;
  }
};

/** Marks every month up to `month` as paid: what came before is settled outside these books. */
export const markPaidThrough = (paid: Paid, month: Month): void => {
  if (month <= paid.paidThrough) return;
  paid.paidThrough = month;
  paid.paidAfter = paid.paidAfter.filter((later) => later > month);
  while (paid.paidAfter[0] === addMonths(paid.paidThrough, 1)) {
    paid.paidThrough = paid.paidAfter.shift() as Month;
  }
};
