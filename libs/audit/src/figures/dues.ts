import { addMonths, type Month, type Recorded } from '#lumbung/kernel';

/** Every month up to `paidThrough` is paid, and those of `paidAfter`, in order. */
export type Dues = { paidThrough: Month | null; paidAfter: readonly Month[] };

export const NO_DUES: Dues = { paidThrough: null, paidAfter: [] };

/** Months that follow on `through` without a gap are paid through, the others after it. */
const duesOf = (through: Month, months: readonly Month[]): Dues => {
  let paidThrough = through;
  const paidAfter: Month[] = [];
  for (const month of [...new Set(months)].sort()) {
    if (month === addMonths(paidThrough, 1)) paidThrough = month;
    else if (month > paidThrough) paidAfter.push(month);
  }
  return { paidThrough, paidAfter };
};

type Told = {
  book?: string;
  since?: Month;
  month?: Month;
  posting?: { book: string; month: Month };
};

/** A member's dues after an event about him; they count from the opening of his account. */
export const duesAfter = ({ type, data }: Recorded, dues: Dues): Dues => {
  const { paidThrough, paidAfter } = dues;
  const { book, since, month, posting } = data as Told;
  if (type === 'ledger.MemberAccountOpened' && book === 'UMUM' && since) {
    return duesOf(addMonths(since, -1), paidAfter);
  }
  if (paidThrough === null) return dues;
  if (type === 'ledger.SimpananDeposited' && month) {
    return duesOf(paidThrough, [...paidAfter, month]);
  }
  if (type === 'ledger.OpeningSimpananEntered' && posting?.book === 'UMUM') {
    return duesOf(posting.month > paidThrough ? posting.month : paidThrough, paidAfter);
  }
  return dues;
};
