const SHORT = ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'];
const LONG = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];

/** `2026-11-24` as `24 Nov 2026`. */
export const inWords = (date: string): string =>
  `${Number(date.slice(8, 10))} ${SHORT[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

/** `2026-11` as `November 2026`. */
export const monthName = (month: string): string =>
  `${LONG[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;

/** `2026-11` as `Nov 2026`. */
export const monthShort = (month: string): string =>
  `${SHORT[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;

/** An instant as the clock of `zone` (an IANA name) had it: `24 Nov 2026 14.05`. */
export const momentIn = (instant: string, zone: string): string => {
  // The Swedish locale writes `2026-11-24 14:05`.
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
  return `${inWords(local)} ${local.slice(11, 16).replace(':', '.')}`;
};

export const monthOf = (date: string): string => date.slice(0, 7);

/** The month `count` months after `month`, or before it for a negative count. */
export const monthsLater = (month: string, count: number): string => {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  const inYear = index % 12;
  return `${(index - inYear) / 12}-${String(inYear + 1).padStart(2, '0')}`;
};

/** The months from `first` to `last`, both in it; none when `last` is earlier. */
export const monthsBetween = (first: string, last: string): string[] => {
  const months: string[] = [];
  for (let month = first; month <= last; month = monthsLater(month, 1)) months.push(month);
  return months;
};

/** Whether `text` is a day of the calendar, `2026-01-31`. */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};
