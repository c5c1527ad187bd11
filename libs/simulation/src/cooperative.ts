import { BookApi, type BookName, Channel, CloseMonth } from '#lumbung/contracts';
import {
  addMonths,
  type CommandId,
  type CooperativeCode,
  type Month,
  monthOf,
  type PlainDate,
  uuidOf,
} from '#lumbung/kernel';
import { type Act, act } from './acts.js';
import { cashOf } from './cash.js';
import { type Chance, chanceOf } from './chance.js';
import { type Habits, habitsOf, type Span, type Terms } from './habits.js';
import { isActive, type Member } from './member.js';
import { inventPerson, type Origin, type Person } from './people.js';

/** A day, and what is asked of it all the time. */
export type Day = { date: PlainDate; month: Month; ofMonth: number };

export const dayOf = (date: PlainDate): Day => ({
  date,
  month: monthOf(date),
  ofMonth: Number(date.slice(8)),
});

/** One cooperative as the generator remembers it; nothing of it is ever read back. */
export type Cooperative = {
  readonly code: CooperativeCode;
  readonly habits: Habits;
  readonly chance: Chance;
  readonly members: Member[];
  readonly cash: Readonly<Record<BookName, ReturnType<typeof cashOf>>>;
  /** The next month to close, once a book has a journal. */
  readonly next: { [book in BookName]?: Month };
  invent(index: number): Person;
  /** The id of the command that a step names. */
  idOf(step: string): CommandId;
};

type World = Span & { seed: number; codes: readonly CooperativeCode[] };

/** A cooperative draws from a stream of its own, so it lives the same beside whatever others. */
export const newCooperative = (code: CooperativeCode, place: number, world: World): Cooperative => {
  const chance = chanceOf('life', world.seed, code);
  const habits = habitsOf(code, chance, world);
  // More than anybody draws, so that the people of two cooperatives never share a number.
  const most = 2 * world.members + 20;
  const origin = (index: number): Origin => ({
    village: code,
    villages: world.codes,
    index: place * most + index,
    of: world.codes.length * most,
  });
  return {
    code,
    habits,
    chance,
    members: [],
    cash: { UMUM: cashOf(), USP: cashOf() },
    next: {},
    invent: (index) => inventPerson(chance, origin(index)),
    idOf: (step) => uuidOf('simulate', world.seed, code, step) as CommandId,
  };
};

export const termsFor = ({ habits }: Cooperative, month: Month): Terms => {
  const terms = habits.terms.findLast(({ from }) => from <= month);
  if (!terms) throw new TypeError(`${habits.cooperative} has no terms for ${month}`);
  return terms;
};

export const active = ({ members }: Cooperative): Member[] => members.filter(isActive);

export const channelOf = ({ chance }: Cooperative): Channel =>
  chance.happens(0.8) ? 'KAS' : 'BANK';

/** Closes what is due, in order; a slow hand closes two months on one day. */
export const closings = (cooperative: Cooperative, book: BookName, day: Day): Act[] => {
  const { habits, next, code } = cooperative;
  if (habits.closes?.on !== day.ofMonth) return [];
  const through = addMonths(day.month, -habits.closes.monthsLater);
  const acts: Act[] = [];
  for (let month = next[book]; month && month <= through; month = addMonths(month, 1)) {
    const data = { cooperative: code, book, month };
    acts.push(act(`close/${book}/${month}`, BookApi, 'closeMonth', CloseMonth, data));
    next[book] = addMonths(month, 1);
  }
  return acts;
};
