import {
  CollectWajib,
  DepositSimpanan,
  PayResigned,
  SettlementApi,
  SimpananApi,
  WithdrawSimpanan,
} from '#lumbung/contracts';
import { add, addDays, type Month, rupiah, subtract } from '#lumbung/kernel';
import { type Act, act } from './acts.js';
import {
  active,
  type Cooperative,
  channelOf,
  closings,
  type Day,
  termsFor,
} from './cooperative.js';
import { catchesUp, heldBy, isActive, type Member, paysNow } from './member.js';

const MOST_AT_ONCE = 500;

const receivePokok = (cooperative: Cooperative, member: Member, { date, month }: Day): Act => {
  const { code: at, cash, chance, next } = cooperative;
  const amount = member.parts.shift() ?? rupiah(0);
  const channel = channelOf(cooperative);
  member.pokok = add(member.pokok, amount);
  cash.UMUM.receive(channel, amount);
  next.UMUM ??= month;
  if (member.parts.length === 0) member.fullSince = date;
  member.nextPartOn = member.parts.length === 0 ? undefined : addDays(date, chance.whole(25, 40));
  const step = `pokok/${member.index}/${member.parts.length}`;
  const data = {
    cooperative: at,
    member: member.id,
    kind: 'POKOK',
    amount,
    date,
    channel,
  } as const;
  return act(step, SimpananApi, 'deposit', DepositSimpanan, data);
};

/** The wajib that a new member brings along with the last of his pokok. */
const receiveFirstWajib = (cooperative: Cooperative, member: Member, { date }: Day): Act[] => {
  const [month] = member.owing;
  if (!member.fullSince || !month || !cooperative.chance.happens(0.6)) return [];
  const channel = channelOf(cooperative);
  const { wajib: amount } = termsFor(cooperative, month);
  pay(cooperative, member, month);
  cooperative.cash.UMUM.receive(channel, amount);
  const named = { cooperative: cooperative.code, member: member.id, kind: 'WAJIB', month } as const;
  const data = { ...named, amount, date, channel };
  return [act(`wajib/${member.index}`, SimpananApi, 'deposit', DepositSimpanan, data)];
};

const pay = (cooperative: Cooperative, member: Member, month: Month) => {
  member.owing = member.owing.filter((owed) => owed !== month);
  member.wajib = add(member.wajib, termsFor(cooperative, month).wajib);
};

/** One collection list: the members who pay the wajib of one month, all at once. */
const collect = (
  cooperative: Cooperative,
  { date }: Day,
  month: Month,
  payers: readonly Member[],
): Act[] => {
  const acts: Act[] = [];
  for (let start = 0; start < payers.length; start += MOST_AT_ONCE) {
    const paying = payers.slice(start, start + MOST_AT_ONCE);
    const { wajib } = termsFor(cooperative, month);
    const channel = channelOf(cooperative);
    for (const member of paying) pay(cooperative, member, month);
    cooperative.cash.UMUM.receive(channel, rupiah(wajib * paying.length));
    const members = paying.map(({ id }) => id);
    const data = { cooperative: cooperative.code, month, members, date, channel };
    const step = `collect/${date}/${month}/${start}`;
    acts.push(act(step, SimpananApi, 'collectWajib', CollectWajib, data));
  }
  return acts;
};

const collections = (cooperative: Cooperative, day: Day): Act[] => {
  const { chance, habits } = cooperative;
  const paying = active(cooperative).filter(({ fullSince }) => fullSince !== undefined);
  if (day.ofMonth === habits.collectsOn) {
    const owing = paying.filter((member) => member.owing.includes(day.month));
    return collect(
      cooperative,
      day,
      day.month,
      owing.filter((member) => paysNow(chance, member)),
    );
  }
  if (day.ofMonth !== habits.collectsAgainOn) return [];
  const late = paying.filter((member) => member.owing.length > 0 && catchesUp(chance, member));
  const months = [...new Set(late.flatMap(({ owing }) => owing))].sort();
  return months.flatMap((month) => {
    const payers = late.filter(({ owing }) => owing.includes(month));
    return collect(cooperative, day, month, payers);
  });
};

const payouts = (cooperative: Cooperative, { date }: Day): Act[] =>
  cooperative.members.flatMap((member) => {
    if (!member.paidOn || member.paidOn > date) return [];
    const channel = cooperative.cash.UMUM.pay(heldBy(member));
    // Where the drawer is too empty he comes again tomorrow.
    if (!channel) return [];
    member.paidOn = undefined;
    if (heldBy(member) === 0) return [];
    const data = { cooperative: cooperative.code, member: member.id, date, channel };
    return [act(`payout/${member.index}`, SettlementApi, 'payResigned', PayResigned, data)];
  });

/** A day in the general book: pokok, wajib, payouts, and the closing of a month. */
export const dayInUmum = (cooperative: Cooperative, day: Day): Act[] => {
  if (day.ofMonth === 1) {
    for (const { owing } of active(cooperative)) owing.push(day.month);
  }
  const pokok = cooperative.members
    .filter((member) => isActive(member) && member.nextPartOn && member.nextPartOn <= day.date)
    .flatMap((member) => [
      receivePokok(cooperative, member, day),
      ...receiveFirstWajib(cooperative, member, day),
    ]);
  return [
    ...pokok,
    ...collections(cooperative, day),
    ...payouts(cooperative, day),
    ...closings(cooperative, 'UMUM', day),
  ];
};

const thousands = (chance: Cooperative['chance'], most: number) =>
  rupiah(5_000 * chance.whole(2, most));

const move = (cooperative: Cooperative, member: Member, { date, month }: Day): Act[] => {
  const { chance, cash, code, next } = cooperative;
  const named = { cooperative: code, member: member.id, kind: 'SUKARELA', date } as const;
  const step = `sukarela/${member.index}/${date}`;
  const mood = chance.fraction();
  if (mood < 0.62) {
    const amount = thousands(chance, 40);
    const channel = channelOf(cooperative);
    member.sukarela = add(member.sukarela, amount);
    cash.USP.receive(channel, amount);
    next.USP ??= month;
    return [act(step, SimpananApi, 'deposit', DepositSimpanan, { ...named, amount, channel })];
  }
  const amount = rupiah(Math.min(member.sukarela, thousands(chance, 60)));
  const channel = mood < 0.82 && amount > 0 ? cash.USP.pay(amount) : undefined;
  if (!channel) return [];
  member.sukarela = subtract(member.sukarela, amount);
  return [act(step, SimpananApi, 'withdraw', WithdrawSimpanan, { ...named, amount, channel })];
};

/** A day in the book of savings: sukarela in and out, and the closing of a month. */
export const dayInUsp = (cooperative: Cooperative, day: Day): Act[] => {
  const { uspFrom } = cooperative.habits;
  if (!uspFrom || uspFrom > day.date) return [];
  const savers = active(cooperative).filter(
    ({ savesOn, fullSince }) => savesOn === day.ofMonth && fullSince && fullSince < day.date,
  );
  return [
    ...savers.flatMap((member) => move(cooperative, member, day)),
    ...closings(cooperative, 'USP', day),
  ];
};
