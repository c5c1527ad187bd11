import {
  inWords,
  isDate,
  momentIn,
  monthName,
  monthOf,
  monthShort,
  monthsBetween,
  monthsLater,
} from './calendar.js';

describe('calendar', () => {
  it('writes days and months in Indonesian', () => {
    expect(inWords('2026-11-24')).toBe('24 Nov 2026');
    expect(inWords('2026-05-01')).toBe('1 Mei 2026');
    expect(monthName('2026-08')).toBe('Agustus 2026');
    expect(monthShort('2026-08')).toBe('Agu 2026');
    expect(monthOf('2026-08-17')).toBe('2026-08');
  });

  it('writes an instant by the clock of the regency', () => {
    expect(momentIn('2026-11-23T18:05:00.000Z', 'Asia/Jakarta')).toBe('24 Nov 2026 01.05');
  });

  it.each([
    ['2026-11', 1, '2026-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-06', -18, '2024-12'],
    ['2026-06', 0, '2026-06'],
  ])('%p and %p months is %p', (month, count, then) => {
    expect(monthsLater(month, count)).toBe(then);
  });

  it('lists the months between two', () => {
    expect(monthsBetween('2025-11', '2026-02')).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
    expect(monthsBetween('2026-02', '2026-01')).toEqual([]);
  });

  it('knows the days of the calendar', () => {
    expect(isDate('2024-02-29')).toBe(true);
    expect(isDate('2026-02-29')).toBe(false);
    expect(isDate('2026-13-01')).toBe(false);
    expect(isDate('24-11-2026')).toBe(false);
  });
});
