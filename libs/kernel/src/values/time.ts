import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

// A year typed in haste (`0026`) is nobody's birth and no month that anybody means to close.
const FIRST_YEAR = '1900';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const isDate = (text: string) => {
  if (!/^\d{4}-(0[1-9]|1[0-2])-\d{2}$/.test(text) || text < FIRST_YEAR) return false;
  const month = Number(text.slice(5, 7));
  const leapDay = month === 2 && isLeap(Number(text.slice(0, 4))) ? 1 : 0;
  const day = Number(text.slice(8));
  return day >= 1 && day <= (DAYS[month - 1] ?? 0) + leapDay;
};

// A 60th second would be another text for the moment before it.
const INSTANT = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const isInstant = (text: string) =>
  INSTANT.test(text) && isDate(text.slice(0, 10)) && text >= '1970';

/** A day without a zone, `2026-01-31`. */
export const PlainDate = z.string().refine(isDate, 'DATE_MALFORMED').brand<'PlainDate'>();
export type PlainDate = z.infer<typeof PlainDate>;

// Room for a century of prepaid months before the year would need a fifth digit.
const LAST_YEAR = '9900';

const isMonth = (text: string) =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && text >= FIRST_YEAR && text < LAST_YEAR;

/** A month of the books, `2026-01`. */
export const Month = z.string().refine(isMonth, 'MONTH_MALFORMED').brand<'Month'>();
export type Month = z.infer<typeof Month>;

/** A moment in UTC with milliseconds, `2026-01-31T02:00:00.000Z`; sorts as text. */
export const Instant = z.string().refine(isInstant, 'INSTANT_MALFORMED').brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

export const date = (text: string): PlainDate => PlainDate.parse(text);
export const month = (text: string): Month => Month.parse(text);
export const instant = (text: string): Instant => Instant.parse(text);

export const epochMs = (moment: Instant): number => Date.parse(moment);

export const instantAt = (epoch_ms: number): Instant =>
  Temporal.Instant.fromEpochMilliseconds(epoch_ms).toString({
    fractionalSecondDigits: 3,
  }) as Instant;

export const later = (moment: Instant, ms: number): Instant => instantAt(epochMs(moment) + ms);

export const DAY_MS = 86_400_000;

export const monthOf = (day: PlainDate): Month => day.slice(0, 7) as Month;

export const yearOf = (period: Month | PlainDate): number => Number(period.slice(0, 4));

export const nextDay = (day: PlainDate): PlainDate =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toString() as PlainDate;

export const addDays = (day: PlainDate, days: number): PlainDate =>
  Temporal.PlainDate.from(day).add({ days }).toString() as PlainDate;

/** Plain arithmetic, since a calendar library costs more here than all else that a command does. */
export const addMonths = (period: Month, months: number): Month => {
  const counted = yearOf(period) * 12 + Number(period.slice(5)) - 1 + months;
  const year = Math.floor(counted / 12);
  const month = counted - year * 12 + 1;
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}` as Month;
};

export const firstDayOf = (period: Month): PlainDate => `${period}-01` as PlainDate;

export const lastDayOf = (period: Month): PlainDate =>
  `${period}-${Temporal.PlainYearMonth.from(period).daysInMonth}` as PlainDate;

/** The days after `from` up to and with `to`; none when `to` is not later. */
export const daysAfter = (from: PlainDate, to: PlainDate): PlainDate[] => {
  const days: PlainDate[] = [];
  for (let day = nextDay(from); day <= to; day = nextDay(day)) days.push(day);
  return days;
};

// Asking the zone tables costs far more than a command does, and an hour never spans two dates
// in a zone whose offset is whole hours; others are asked each quarter of an hour.
const QUARTER_MS = 900_000;
let remembered = { zone: '', quarter: -1, day: '' as PlainDate };

/** The day it is at `moment` in `zone` (an IANA name such as `Asia/Jakarta`). */
export const businessDate = (moment: Instant, zone: string): PlainDate => {
  const quarter = Math.floor(epochMs(moment) / QUARTER_MS);
  if (remembered.zone !== zone || remembered.quarter !== quarter) {
    const day = Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate().toString();
    remembered = { zone, quarter, day: day as PlainDate };
  }
  return remembered.day;
};

/** The moment at which `day` begins in `zone`, plus `hour` hours. */
export const startOf = (day: PlainDate, zone: string, hour = 0): Instant =>
  instantAt(
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: { hour } })
      .epochMilliseconds,
  );
