import {
  type MemberId,
  type Month,
  type PlainDate,
  type Rupiah,
  rupiah,
  split,
  ZERO,
} from '#lumbung/kernel';
import type { Chance } from './chance.js';

/** How reliably a member pays his wajib; the chance that he does on a day of collection. */
const PAYS = { STEADY: 0.97, LATE: 0.6, SELDOM: 0.2 } as const;
/** The chance that he settles his arrears on a second collection. */
const CATCHES_UP = { STEADY: 0.9, LATE: 0.45, SELDOM: 0.12 } as const;

/** A member as the generator remembers him: what he holds and owes, and what he is like. */
export type Member = {
  readonly id: MemberId;
  readonly index: number;
  readonly joined: Month;
  readonly habit: keyof typeof PAYS;
  /** The day of the month on which he may bring or fetch sukarela; none for most. */
  readonly savesOn?: number;
  /** Parts of the pokok that are still to come, and when the next does. */
  parts: Rupiah[];
  nextPartOn?: PlainDate;
  pokok: Rupiah;
  wajib: Rupiah;
  sukarela: Rupiah;
  /** Months whose wajib is not paid, in order. */
  owing: Month[];
  /** He is a member since this day; until then a candidate. */
  fullSince?: PlainDate;
  leavesOn?: PlainDate;
  /** When what is owed to him since he left will be fetched; absent when it was. */
  paidOn?: PlainDate;
};

const habitOf = (chance: Chance): Member['habit'] => {
  const reliability = chance.fraction();
  if (reliability < 0.72) return 'STEADY';
  return reliability < 0.92 ? 'LATE' : 'SELDOM';
};

export const newMember = (
  chance: Chance,
  known: Pick<Member, 'id' | 'index' | 'joined'>,
  terms: { pokok: Rupiah; pokokInParts: boolean },
): Member => {
  const count = terms.pokokInParts && chance.happens(0.35) ? chance.whole(2, 4) : 1;
  return {
    ...known,
    habit: habitOf(chance),
    ...(chance.happens(0.4) && { savesOn: chance.whole(1, 28) }),
    parts: split(
      terms.pokok,
      Array.from({ length: count }, () => 1),
    ),
    pokok: ZERO,
    wajib: ZERO,
    sukarela: ZERO,
    owing: [known.joined],
  };
};

export const isActive = (member: Member): boolean => member.leavesOn === undefined;

export const paysNow = (chance: Chance, { habit }: Member): boolean => chance.happens(PAYS[habit]);

export const catchesUp = (chance: Chance, { habit }: Member): boolean =>
  chance.happens(CATCHES_UP[habit]);

/** All that will be owed to him when he has left. */
export const heldBy = ({ pokok, wajib, sukarela }: Member): Rupiah =>
  rupiah(pokok + wajib + sukarela);
