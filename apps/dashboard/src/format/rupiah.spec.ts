import { dotted, inRupiah, inThousands, rupiahFrom, rupiahTrouble } from './rupiah.js';

describe('rupiah', () => {
  it.each([
    [0, 'Rp0'],
    [500, 'Rp500'],
    [1250000, 'Rp1.250.000'],
    [-10000, '-Rp10.000'],
    [Number.MAX_SAFE_INTEGER, 'Rp9.007.199.254.740.991'],
  ])('writes %p as %p', (amount, text) => {
    expect(inRupiah(amount)).toBe(text);
  });

  it('sets thousands of a count apart', () => {
    expect(inThousands(68800)).toBe('68.800');
  });

  it.each([
    ['10000', 10000],
    ['10.000', 10000],
    ['Rp1.250.000', 1250000],
    [' 500 ', 500],
    ['0', 0],
    ['', undefined],
    ['10.50', undefined],
    ['10,50', undefined],
    ['1.0000', undefined],
    ['-500', undefined],
    ['1e3', undefined],
    ['1.000.000.000.000', 1_000_000_000_000],
    ['1.000.000.000.001', undefined],
    ['3506990101900001', undefined],
    ['9007199254740993', undefined],
  ])('reads %p as %p', (text, amount) => {
    expect(rupiahFrom(text)).toBe(amount);
  });

  it.each([
    ['', 1, undefined],
    ['20.000', 1, undefined],
    ['1.000.000.000.000', 1, undefined],
    ['0', 0, undefined],
    ['0', 1, 'Tulis rupiah bulat di atas nol, tanpa sen.'],
    ['10,50', 1, 'Tulis rupiah bulat di atas nol, tanpa sen.'],
    ['10,50', 0, 'Tulis rupiah bulat, tanpa sen.'],
    ['1.000.000.000.001', 0, 'Paling banyak Rp1.000.000.000.000.'],
    ['3506990101900001', 1, 'Paling banyak Rp1.000.000.000.000.'],
  ])('says of %p, at least %p, what is wrong: %p', (text, least, trouble) => {
    expect(rupiahTrouble(text, least)).toBe(trouble);
  });

  it.each([
    ['1000', '1.000'],
    ['1.0000', '10.000'],
    ['007', '7'],
    ['12a', '12a'],
    ['', ''],
  ])('shows %p typed as %p', (text, shown) => {
    expect(dotted(text)).toBe(shown);
  });
});
