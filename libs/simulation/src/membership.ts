import {
  AccountApi,
  AdmitMember,
  BookApi,
  MemberApi,
  OpenUsp,
  type ResignationReason,
  ResignMember,
  SetSimpananPolicy,
} from '#lumbung/contracts';
import {
  addDays,
  addMonths,
  type CommandData,
  lastDayOf,
  type MemberId,
  monthOf,
  type PlainDate,
  uuidOf,
} from '#lumbung/kernel';
import { type Act, act } from './acts.js';
import { active, type Cooperative, type Day, termsFor } from './cooperative.js';
import { type Member, newMember } from './member.js';

type Reason = (typeof ResignationReason)['_output'];

const foundersDayOf = ({ habits: { joining } }: Cooperative): PlainDate | undefined =>
  [...joining.keys()].sort()[0];

/** What the RAT and the office decide: terms before the founders join, and the licence. */
export const decisions = (cooperative: Cooperative, { date, month, ofMonth }: Day): Act[] => {
  const { code, habits } = cooperative;
  const isFounding = foundersDayOf(cooperative) === date;
  const acts = habits.terms.flatMap((terms, index) => {
    const isRaised = ofMonth === habits.meetsOn && terms.from === addMonths(month, 1);
    if (index === 0 ? !isFounding : !isRaised) return [];
    const data = { cooperative: code, ...terms };
    return [act(`terms/${index}`, AccountApi, 'setPolicy', SetSimpananPolicy, data)];
  });
  if (habits.uspFrom !== date) return acts;
  const licence = `${cooperative.chance.whole(1_000, 9_999)}/USP/${date.slice(0, 4)}`;
  const data = { cooperative: code, licence, licensedOn: date };
  return [...acts, act('usp', BookApi, 'openUsp', OpenUsp, data)];
};

const pokokOn = ({ chance }: Cooperative, day: Day): PlainDate | undefined => {
  const promptness = chance.fraction();
  if (promptness < 0.7) return day.date;
  return promptness < 0.95 ? addDays(day.date, chance.whole(1, 30)) : undefined;
};

const admission = (cooperative: Cooperative, day: Day): Act => {
  const { code, members, chance } = cooperative;
  const index = members.length;
  const step = `admit/${index}`;
  const id = uuidOf(cooperative.idOf(step), 'member') as MemberId;
  const known = { id, index, joined: day.month };
  const member = newMember(chance, known, termsFor(cooperative, day.month));
  const nextPartOn = pokokOn(cooperative, day);
  members.push(nextPartOn ? { ...member, nextPartOn } : member);
  const person = cooperative.invent(index);
  const data = { cooperative: code, ...person, joinedOn: day.date };
  return act(step, MemberApi, 'admit', AdmitMember, data as CommandData<typeof AdmitMember>);
};

export const admissions = (cooperative: Cooperative, day: Day): Act[] =>
  Array.from({ length: cooperative.habits.joining.get(day.date) ?? 0 }, () =>
    admission(cooperative, day),
  );

const reasonOf = ({ chance }: Cooperative, member: Member): Reason => {
  if (!member.fullSince) return 'DIBERHENTIKAN';
  return chance.pick(['PERMINTAAN', 'PERMINTAAN', 'PINDAH', 'PINDAH', 'MENINGGAL']);
};

/** In a year one in twenty-five leaves; a candidate who never pays is struck off. */
const leaves = ({ chance }: Cooperative, member: Member, { month }: Day): boolean => {
  const isOverdue = !member.nextPartOn && member.joined <= addMonths(month, -3);
  return member.fullSince ? chance.happens(0.0035) : isOverdue;
};

/** A resignation takes effect on a later day, whose beginning settles it. */
export const resignations = (cooperative: Cooperative, day: Day): Act[] => {
  const { code, chance, habits } = cooperative;
  if (day.ofMonth !== habits.meetsOn) return [];
  return active(cooperative)
    .filter((member) => leaves(cooperative, member, day))
    .map((member) => {
      const endOfMonth = lastDayOf(monthOf(day.date));
      const leavesOn = chance.happens(0.6) ? endOfMonth : addDays(day.date, chance.whole(3, 20));
      member.leavesOn = leavesOn;
      member.paidOn = addDays(leavesOn, chance.whole(2, 40));
      const reason = reasonOf(cooperative, member);
      const data = { cooperative: code, member: member.id, effectiveOn: leavesOn, reason };
      return act(`resign/${member.index}`, MemberApi, 'resign', ResignMember, data);
    });
};
