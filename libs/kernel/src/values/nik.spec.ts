import { Nik } from './nik.js';

const refusal = (nik: string) => Nik.safeParse(nik).error?.issues[0]?.message;

describe('a NIK', () => {
  it.each([
    ['of a man', '3506990101900001'],
    ['of a woman, whose day counts from 41', '3506994101900001'],
    ['of a woman born on the 31st', '3506997112850001'],
    ['of the 29th of February of a leap year', '3506992902920001'],
    ['of a woman born on the 29th of February', '3506996902920001'],
    ['of the 29th of February 2000, which was a leap year', '3506992902000001'],
    ['issued where no region is: its prefix refuses nobody', '9999990101900001'],
    ['issued in a region that has another code now', '0000000101900001'],
  ])('%s is well formed', (_, nik) => {
    expect(Nik.parse(nik)).toBe(nik);
  });

  it.each([
    ['of 15 digits', '350699010190001'],
    ['of 17 digits', '35069901019000010'],
    ['with a letter', '35069901019O0001'],
    ['with a space', '3506990101900001 '],
    ['with serial 0000', '3506990101900000'],
    ['of the day 0', '3506990001900001'],
    ['of the day 32', '3506993201900001'],
    ['of the day 40, nobody’s', '3506994001900001'],
    ['of the day 72', '3506997201900001'],
    ['of the day 81, as if a woman were counted twice', '3506998101900001'],
    ['of the month 0', '3506990100900001'],
    ['of the month 13', '3506990113900001'],
    ['of the 31st of April', '3506993104900001'],
    ['of a woman of the 31st of April', '3506997104900001'],
    ['of the 29th of February of no leap year', '3506992902910001'],
    ['of the 30th of February', '3506993002920001'],
    ['that is empty', ''],
  ])('%s is malformed', (_, nik) => {
    expect(refusal(nik)).toBe('NIK_MALFORMED');
  });
});
