import fc from 'fast-check';
import {
  addDays,
  addMonths,
  businessDate,
  date,
  daysAfter,
  epochMs,
  firstDayOf,
  Instant,
  instant,
  instantAt,
  lastDayOf,
  later,
  Month,
  month,
  monthOf,
  nextDay,
  PlainDate,
  startOf,
  yearOf,
} from './time.js';

const KEDIRI = 'Asia/Jakarta';
const refusal = (schema: typeof PlainDate | typeof Month | typeof Instant, text: string) =>
  schema.safeParse(text).error?.issues[0]?.message;

describe('a date', () => {
  it.each(['2026-03-02', '2024-02-29', '2000-02-29', '1900-01-01', '9999-12-31'])(
    'may be %s',
    (text) => {
      expect(date(text)).toBe(text);
    },
  );

  it.each([
    ...['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00'],
    ...['2026-1-1', '26-01-01', '02-03-2026', '2026-03-02T00:00', ' 2026-03-02', ''],
    ...['0026-03-02', '1899-12-31', '-002026-03-02', '+012026-03-02'],
  ])('is never "%s"', (text) => {
    expect(refusal(PlainDate, text)).toBe('DATE_MALFORMED');
  });
});

describe('a month', () => {
  it.each(['2026-00', '2026-13', '2026-3', '2026', '2026-03-01', '1899-12', '9900-01', ''])(
    'is never "%s"',
    (text) => {
      expect(refusal(Month, text)).toBe('MONTH_MALFORMED');
    },
  );

  it.each([
    ['2026-01', 1, '2026-02'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-03', 12, '2027-03'],
    ['2026-03', -27, '2023-12'],
    ['2026-03', 0, '2026-03'],
  ])('%s and %d months is %s', (period, months, expected) => {
    expect(addMonths(month(period), months)).toBe(expected);
  });

  it.each([
    ['2026-02', '2026-02-28'],
    ['2024-02', '2024-02-29'],
    ['2026-04', '2026-04-30'],
    ['2026-12', '2026-12-31'],
  ])('%s ends on %s', (period, day) => {
    expect(firstDayOf(month(period))).toBe(`${period}-01`);
    expect(lastDayOf(month(period))).toBe(day);
    expect(monthOf(date(day))).toBe(period);
    expect(yearOf(date(day))).toBe(yearOf(month(period)));
  });
});

describe('a moment', () => {
  it.each([
    ...['2026-03-02T02:00:00Z', '2026-03-02T02:00:00.000', '2026-03-02T09:00:00.000+07:00'],
    ...['2026-03-02T24:00:00.000Z', '2026-03-02T02:60:00.000Z', '2026-12-31T23:59:60.000Z'],
    ...['2026-02-30T02:00:00.000Z', '1969-12-31T23:59:59.999Z', ''],
  ])('is never "%s"', (text) => {
    expect(refusal(Instant, text)).toBe('INSTANT_MALFORMED');
  });

  it('is milliseconds and text at once, and sorts as text', () => {
    const moment = fc.integer({ min: 0, max: Date.UTC(9000, 0) });
    fc.assert(
      fc.property(moment, moment, (some, other) => {
        const at = instantAt(some);
        expect(instant(at)).toBe(at);
        expect(epochMs(at)).toBe(some);
        expect(at < instantAt(other)).toBe(some < other);
        expect(later(at, 1_000)).toBe(instantAt(some + 1_000));
      }),
    );
  });
});

describe('the business date', () => {
  it.each([
    [KEDIRI, '2026-03-02T16:59:59.999Z', '2026-03-02'],
    [KEDIRI, '2026-03-02T17:00:00.000Z', '2026-03-03'],
    [KEDIRI, '2026-12-31T17:00:00.000Z', '2027-01-01'],
    ['Asia/Jayapura', '2026-03-02T14:59:59.999Z', '2026-03-02'],
    ['Asia/Jayapura', '2026-03-02T15:00:00.000Z', '2026-03-03'],
    ['Asia/Kathmandu', '2026-03-02T18:14:59.999Z', '2026-03-02'],
    ['Asia/Kathmandu', '2026-03-02T18:15:00.000Z', '2026-03-03'],
  ])('in %s at %s is %s', (zone, moment, day) => {
    expect(businessDate(instant(moment), zone)).toBe(day);
  });

  it('is the day that people there read on a calendar, in whatever order it is asked', () => {
    const zones = [KEDIRI, 'Asia/Kathmandu', 'Pacific/Chatham', 'America/St_Johns'];
    const calendars = new Map(
      zones.map((zone) => [zone, new Intl.DateTimeFormat('sv-SE', { timeZone: zone })]),
    );
    const from = Date.UTC(2026, 0);
    const hours = fc.integer({ min: 0, max: 366 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), hours, (zone, minutes) => {
        const epoch_ms = from + minutes * 60_000;
        const expected = calendars.get(zone)?.format(epoch_ms);
        expect(businessDate(instantAt(epoch_ms), zone)).toBe(expected);
      }),
    );
  });

  it('begins where the day begins', () => {
    expect(startOf(date('2026-03-02'), KEDIRI)).toBe('2026-03-01T17:00:00.000Z');
    expect(startOf(date('2026-03-02'), KEDIRI, 9)).toBe('2026-03-02T02:00:00.000Z');
    expect(startOf(date('2026-03-02'), 'Asia/Kathmandu')).toBe('2026-03-01T18:15:00.000Z');
  });
});

describe('days', () => {
  it('follow each other over the ends of months and years', () => {
    expect(nextDay(date('2026-02-28'))).toBe('2026-03-01');
    expect(nextDay(date('2024-02-28'))).toBe('2024-02-29');
    expect(nextDay(date('2026-12-31'))).toBe('2027-01-01');
    expect(addDays(date('2026-03-02'), -2)).toBe('2026-02-28');
  });

  it('that were missed are all those after the last, up to today', () => {
    const last = date('2026-02-27');
    expect(daysAfter(last, date('2026-03-02'))).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
    expect(daysAfter(last, last)).toEqual([]);
    expect(daysAfter(last, date('2026-02-01'))).toEqual([]);
  });
});
