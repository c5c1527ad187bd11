import { PlainDate, publicEvent, RegencyCode } from '#lumbung/kernel';

/** A business day has begun in a regency; missed days are caught up in order. */
export const DayBegan = publicEvent('calendar.DayBegan', 1, {
  regency: RegencyCode,
  date: PlainDate,
});
