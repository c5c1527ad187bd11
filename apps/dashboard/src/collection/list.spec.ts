import type { Member } from '../member/queries.js';
import { inBatches, listFor, voucherRange } from './list.js';

const member = (number: number, change: Partial<Member>, unpaidMonths: string[] = []): Member => ({
  id: `member-${number}`,
  number,
  name: 'Budi',
  joinedOn: '2026-01-15',
  status: 'ANGGOTA',
  endsOn: null,
  warnings: [],
  simpanan: { pokok: 0, wajib: 0, sukarela: 0, owed: 0, unpaidMonths },
  ...change,
});

describe('the collection list of a month', () => {
  it('has members and candidates, not those who leave or came later', () => {
    const listed = listFor(
      [
        member(1, {}),
        member(2, { status: 'CALON' }),
        member(3, { status: 'MENGUNDURKAN_DIRI' }),
        member(4, { status: 'KELUAR' }),
        member(5, { joinedOn: '2026-12-01' }),
        member(6, { joinedOn: '2026-11-30' }),
      ],
      '2026-11',
    );
    expect(listed.map(({ number }) => number)).toEqual([1, 2, 6]);
  });

  it('tells who has paid that month, whatever else is unpaid', () => {
    const listed = listFor(
      [member(1, {}, ['2026-10', '2026-11']), member(2, {}, ['2026-10'])],
      '2026-11',
    );
    expect(listed.map(({ paid }) => paid)).toEqual([false, true]);
  });

  it('is saved in batches that the server takes', () => {
    expect(inBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inBatches([], 2)).toEqual([]);
    expect(inBatches(Array.from({ length: 1001 })).map(({ length }) => length)).toEqual([
      500, 500, 1,
    ]);
  });

  it('names its vouchers by the first and the last', () => {
    expect(voucherRange(['UMUM/2026/7', 'UMUM/2026/8', 'UMUM/2026/9'])).toBe(
      'UMUM/2026/7 sampai UMUM/2026/9',
    );
    expect(voucherRange(['UMUM/2026/7'])).toBe('UMUM/2026/7');
  });
});
