import { monthOf } from '../format/calendar.js';
import type { Member } from '../member/queries.js';

/** The most members that one command takes. */
const LARGEST_BATCH = 500;

export type ListedMember = Pick<Member, 'id' | 'number' | 'name' | 'status'> & { paid: boolean };

/**
 * Who stands on the list of `month`: members and candidates who had joined by then. Their unpaid
 * months must have been asked through `month` at least.
 */
export const listFor = (members: readonly Member[], month: string): ListedMember[] =>
  members
    .filter(({ status, joinedOn }) => {
      const active = status === 'ANGGOTA' || status === 'CALON';
      return active && monthOf(joinedOn) <= month;
    })
    .map(({ id, number, name, status, simpanan }) => {
      return { id, number, name, status, paid: !simpanan.unpaidMonths.includes(month) };
    });

/** Cuts the list into batches of at most `largest`, in order. */
export const inBatches = <T>(all: readonly T[], largest = LARGEST_BATCH): T[][] => {
  const batches: T[][] = [];
  for (let start = 0; start < all.length; start += largest) {
    batches.push(all.slice(start, start + largest));
  }
  return batches;
};

/** The voucher numbers of a collection, which follow each other: first and last. */
export const voucherRange = (vouchers: readonly string[]): string => {
  const [first = ''] = vouchers;
  const last = vouchers.at(-1) ?? '';
  return first === last ? first : `${first} sampai ${last}`;
};
