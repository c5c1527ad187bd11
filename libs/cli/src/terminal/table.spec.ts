import { tableOf } from './table.js';

const COLUMNS = [{ heading: 'Akun' }, { heading: 'Debit', right: true }, { heading: 'Ket' }];

describe('a table', () => {
  it('is as wide as its widest cell, amounts to the right, without blanks at the end', () => {
    expect(
      tableOf(COLUMNS, [
        ['1101', 'Rp1.000', 'kas'],
        ['Jumlah', 'Rp12.000', ''],
      ]),
    ).toEqual([
      'Akun       Debit  Ket',
      '------  --------  ---',
      '1101     Rp1.000  kas',
      'Jumlah  Rp12.000',
    ]);
  });

  it('without rows has its headings, and without a cell leaves it blank', () => {
    expect(tableOf(COLUMNS, [])).toEqual(['Akun  Debit  Ket', '----  -----  ---']);
    expect(tableOf(COLUMNS, [['1101']])).toEqual(['Akun  Debit  Ket', '----  -----  ---', '1101']);
  });
});
