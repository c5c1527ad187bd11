import {
  type CooperativeCode,
  firstDayOf,
  type Month,
  monthOf,
  type PlainDate,
  type Rupiah,
  rupiah,
} from '#lumbung/kernel';
import type { Chance } from './chance.js';

/** What the RAT of a cooperative decided, in rupiah. */
export type Terms = { from: Month; pokok: Rupiah; wajib: Rupiah; pokokInParts: boolean };

/** How one cooperative lives, drawn before its first day. Days of the month are 1 to 28. */
export type Habits = {
  cooperative: CooperativeCode;
  /** The first terms, from the founders' month on, and those of an RAT that raised the wajib. */
  terms: Terms[];
  /** How many join on each day; the first is the founders' day. Empty: it never starts. */
  joining: ReadonlyMap<PlainDate, number>;
  /** The day on which its licence for saving and lending is on record. */
  uspFrom?: PlainDate;
  collectsOn: number;
  /** The second collection, on which arrears come in. */
  collectsAgainOn: number;
  /** When a month that is over is closed; undefined where nobody ever does. */
  closes?: { on: number; monthsLater: number };
  meetsOn: number;
};

export type Span = { days: readonly PlainDate[]; members: number };

const FOUNDERS = 9;

const termsOf = (chance: Chance, months: readonly Month[]): Terms[] => {
  const [from] = months;
  if (!from) return [];
  const first = {
    from,
    pokok: rupiah(chance.pick([50_000, 50_000, 75_000, 100_000, 100_000])),
    wajib: rupiah(chance.pick([10_000, 10_000, 15_000, 20_000, 25_000])),
    pokokInParts: chance.happens(0.4),
  };
  const raised = months[chance.whole(3, 14)];
  if (!raised || !chance.happens(0.3)) return [first];
  return [first, { ...first, from: raised, wajib: rupiah(first.wajib + 5_000) }];
};

/** Most cooperatives start early, some late, and a few not at all. */
const startOf = (chance: Chance, days: number): number =>
  chance.happens(0.06) ? days : Math.floor((days / 4) * chance.fraction() ** 2);

const joiningOf = (chance: Chance, { days, members }: Span): Map<PlainDate, number> => {
  const joining = new Map<PlainDate, number>();
  const start = startOf(chance, days.length);
  const total = Math.max(1, Math.round(members * (0.55 + 1.05 * chance.fraction())));
  const founders = Math.min(total, Math.max(FOUNDERS, Math.round(total * 0.2)));
  const ahead = days.length - start;
  const join = (offset: number, count: number) => {
    const day = days[start + offset];
    if (day) joining.set(day, (joining.get(day) ?? 0) + count);
  };
  join(0, founders);
  // Word goes round at first, and later there are fewer left to ask.
  for (let n = founders; n < total; n++) join(Math.floor(ahead * chance.fraction() ** 1.8), 1);
  return joining;
};

const closesOf = (chance: Chance): Habits['closes'] => {
  const diligence = chance.fraction();
  if (diligence > 0.92) return undefined;
  return { on: chance.whole(8, 25), monthsLater: diligence < 0.7 ? 1 : 2 };
};

export const habitsOf = (cooperative: CooperativeCode, chance: Chance, span: Span): Habits => {
  const joining = joiningOf(chance, span);
  const [firstDay] = [...joining.keys()].sort();
  const lived = span.days.filter((day) => firstDay !== undefined && day >= firstDay);
  const months = [...new Set(lived.map(monthOf))];
  const licensed = chance.happens(0.35) ? months[chance.whole(0, 4)] : undefined;
  const uspFrom = lived.find((day) => licensed !== undefined && day >= firstDayOf(licensed));
  return {
    cooperative,
    terms: termsOf(chance, months),
    joining,
    ...(uspFrom && { uspFrom }),
    collectsOn: chance.whole(3, 12),
    collectsAgainOn: chance.whole(18, 27),
    closes: closesOf(chance),
    meetsOn: chance.whole(10, 16),
  };
};
