import { terbilang } from './terbilang.js';

describe('terbilang', () => {
  it.each([
    [0, 'nol'],
    [1, 'satu'],
    [10, 'sepuluh'],
    [11, 'sebelas'],
    [15, 'lima belas'],
    [21, 'dua puluh satu'],
    [100, 'seratus'],
    [111, 'seratus sebelas'],
    [999, 'sembilan ratus sembilan puluh sembilan'],
    [1000, 'seribu'],
    [1001, 'seribu satu'],
    [2500, 'dua ribu lima ratus'],
    [10000, 'sepuluh ribu'],
    [100000, 'seratus ribu'],
    [101000, 'seratus satu ribu'],
    [1000000, 'satu juta'],
    [1001000, 'satu juta seribu'],
    [1250000, 'satu juta dua ratus lima puluh ribu'],
    [3000000000, 'tiga miliar'],
    [Number.MAX_SAFE_INTEGER, expect.stringMatching(/^sembilan kuadriliun tujuh triliun/)],
  ])('%p is %p', (amount, words) => {
    expect(terbilang(amount)).toEqual(words);
  });
});
