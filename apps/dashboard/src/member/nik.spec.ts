import { checkNik } from './nik.js';

const TODAY = '2026-11-24';

describe('a NIK as it is typed', () => {
  it.each(['', '3506', '350699010190000'])('is not complained of while short: %p', (typed) => {
    expect(checkNik(typed, TODAY)).toEqual({});
  });

  it.each([
    ['3506 99', /hanya angka/],
    ['35069901019000012', /16 angka; ini 17/],
    ['3506993202900001', /bukan tanggal lahir/],
    ['3506993002900001', /bukan tanggal lahir/],
    ['3506997501900001', /bukan tanggal lahir/],
    ['3506990001900001', /bukan tanggal lahir/],
    ['3506990101900000', /tidak boleh 0000/],
  ])('%p is refused', (typed, sentence) => {
    expect(checkNik(typed, TODAY).trouble).toMatch(sentence);
  });

  it.each([
    ['3506990101900001', { sex: 'L', birthDate: '1990-01-01' }],
    ['3506994101900001', { sex: 'P', birthDate: '1990-01-01' }],
    ['3506991708050001', { sex: 'L', birthDate: '2005-08-17' }],
    ['3506992512260001', { sex: 'L', birthDate: '1926-12-25' }],
    ['3506992902000001', { sex: 'L', birthDate: '2000-02-29' }],
    ['9999992902880001', { sex: 'L', birthDate: '1988-02-29' }],
  ])('%p tells sex and birth date', (typed, reading) => {
    expect(checkNik(typed, TODAY)).toEqual({ reading });
  });
});
