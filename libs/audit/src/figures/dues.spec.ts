import { recorded } from '#lumbung/kernel/testing';
import { type Dues, duesAfter, NO_DUES } from './dues.js';

const event = (name: string, data: object) =>
  recorded({ type: `ledger.${name}`, version: 1, data });
const opened = (since: string, book = 'UMUM') => event('MemberAccountOpened', { book, since });
const paid = (month?: string) => event('SimpananDeposited', { month });
const cutOver = (month: string, book = 'UMUM') =>
  event('OpeningSimpananEntered', { posting: { book, month } });

const duesOf = (...events: ReturnType<typeof event>[]): Dues =>
  events.reduce((dues, one) => duesAfter(one, dues), NO_DUES);

describe('the dues of a member', () => {
  it.each([
    ['begin with the account', [opened('2026-01')], '2025-12', []],
    ['begin with no other account', [opened('2026-01', 'USP')], null, []],
    ['are none before it', [paid('2026-01'), cutOver('2026-01')], null, []],
    ['are paid in order', [opened('2025-12'), paid('2025-12'), paid('2026-01')], '2026-01', []],
    [
      'are paid in any order, and gaps stay open',
      [opened('2026-01'), paid('2026-04'), paid('2026-02'), paid('2026-05')],
      '2025-12',
      ['2026-02', '2026-04', '2026-05'],
    ],
    [
      'close up when a gap is paid',
      [opened('2026-01'), paid('2026-03'), paid('2026-02'), paid('2026-01')],
      '2026-03',
      [],
    ],
    ['are not touched by other deposits', [opened('2026-01'), paid()], '2025-12', []],
    [
      'are taken over up to a cut-over',
      [opened('2025-06'), paid('2026-02'), cutOver('2026-01')],
      '2026-02',
      [],
    ],
    [
      'are never taken back by a cut-over',
      [opened('2026-01'), paid('2026-01'), cutOver('2025-06'), cutOver('2026-06', 'USP')],
      '2026-01',
      [],
    ],
  ])('%s', (_, events, paidThrough, paidAfter) => {
    expect(duesOf(...events)).toEqual({ paidThrough, paidAfter });
  });
});
