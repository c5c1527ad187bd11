import {
  dateArgument,
  instantArgument,
  regencyArgument,
  villageArgument,
  wholeArgument,
} from './arguments.js';

describe('an argument', () => {
  it.each<[string, (text: string) => unknown, string, unknown]>([
    ['a date', dateArgument, '2026-02-28', '2026-02-28'],
    ['a village', villageArgument, ' 35.06.17.1009 ', '35.06.17.1009'],
    ['a regency', regencyArgument, '35.06', '35.06'],
    ['a moment', instantArgument, '2026-01-31T02:00:00.000Z', '2026-01-31T02:00:00.000Z'],
    ['a moment to the second', instantArgument, '2026-01-31T02:03:04Z', '2026-01-31T02:03:04.000Z'],
    ['a moment to the minute', instantArgument, '2026-01-31T02:03Z', '2026-01-31T02:03:00.000Z'],
    ['a tenth', instantArgument, '2026-01-31T02:03:04.5Z', '2026-01-31T02:03:04.500Z'],
    ['a number', wholeArgument(1, 12), '12', 12],
  ])('may be %s', (_, read, text, value) => {
    expect(read(text)).toBe(value);
  });

  it.each<[string, (text: string) => unknown, string, RegExp]>([
    ['a day that is none', dateArgument, '2026-02-30', /DATE_MALFORMED/],
    ['a date by day first', dateArgument, '28-02-2026', /DATE_MALFORMED/],
    ['a village by name', villageArgument, 'Pare', /VILLAGE_CODE_MALFORMED/],
    ['half a regency', regencyArgument, '35', /REGENCY_CODE_MALFORMED/],
    ['a moment without a zone', instantArgument, '2026-01-31T02:03', /INSTANT_MALFORMED/],
    ['a moment of another zone', instantArgument, '2026-01-31T02:03+07:00', /INSTANT_MALFORMED/],
    ['a number too small', wholeArgument(1, 12), '0', /1 sampai 12/],
    ['a number too large', wholeArgument(1, 12), '13', /1 sampai 12/],
    ['part of a number', wholeArgument(1, 12), '1.5', /1 sampai 12/],
    ['a number in another writing', wholeArgument(1, 12), '1e1', /1 sampai 12/],
  ])('may not be %s', (_, read, text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });
});
