import { BookName } from '#lumbung/contracts';
import {
  ACCOUNTS,
  type AccountKind,
  BETWEEN_BOOKS,
  BOOK_OF,
  CASH,
  CONTROL,
  OWED,
  SUSPENSE,
} from './chart.policy.js';

const NORMAL: Record<AccountKind, 'D' | 'K'> = {
  ASET: 'D',
  ASET_KONTRA: 'K',
  LIABILITAS: 'K',
  EKUITAS: 'K',
  PENDAPATAN: 'K',
  PENDAPATAN_KONTRA: 'D',
  BEBAN_POKOK: 'D',
  BEBAN: 'D',
  PAJAK: 'D',
};

const FIRST_DIGIT: Record<AccountKind, RegExp> = {
  ASET: /^1/,
  ASET_KONTRA: /^1/,
  LIABILITAS: /^2/,
  EKUITAS: /^3/,
  PENDAPATAN: /^4/,
  PENDAPATAN_KONTRA: /^4/,
  BEBAN_POKOK: /^5/,
  BEBAN: /^[56]/,
  PAJAK: /^7/,
};

const kindOf = (code: string) => ACCOUNTS.get(code)?.kind;

describe('the chart of accounts', () => {
  it('has 97 accounts of four digits, in order, none of them twice', () => {
    const codes = [...ACCOUNTS.keys()];
    // A code that stood twice would have replaced the one before it.
    expect(codes).toHaveLength(97);
    expect(codes).toEqual([...codes].sort());
    expect(codes.every((code) => /^\d{4}$/.test(code))).toBe(true);
    expect(new Set([...ACCOUNTS.values()].map(({ name }) => name)).size).toBe(97);
  });

  it.each([...ACCOUNTS.values()])('has $code on the side of its kind', (account) => {
    expect(account.normal).toBe(NORMAL[account.kind]);
    expect(account.code).toMatch(FIRST_DIGIT[account.kind]);
    expect(account.line).toMatch(
      /^[1-3]/.test(account.code) ? /^posisi\.[a-z_]+$/ : /^phu\.[a-z_]+$/,
    );
  });

  it('knows every account that simpanan are posted to', () => {
    expect(Object.values(CASH).map(kindOf)).toEqual(['ASET', 'ASET']);
    expect(kindOf(CONTROL.POKOK)).toBe('EKUITAS');
    expect(kindOf(CONTROL.WAJIB)).toBe('EKUITAS');
    expect(kindOf(CONTROL.SUKARELA)).toBe('LIABILITAS');
    expect(kindOf(OWED)).toBe('LIABILITAS');
    expect(kindOf(BETWEEN_BOOKS)).toBe('ASET');
    expect(kindOf(SUSPENSE)).toBe('ASET');
  });

  it('keeps each kind of simpanan in one book', () => {
    expect(Object.keys(BOOK_OF)).toEqual(Object.keys(CONTROL));
    expect(BookName.options).toEqual(expect.arrayContaining(Object.values(BOOK_OF)));
  });
});
