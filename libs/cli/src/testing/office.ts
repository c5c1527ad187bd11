import {
  type BookName,
  ledgerRejections,
  type MemberStatus,
  membershipRejections,
} from '#lumbung/contracts';
import {
  type Caller,
  type CommandId,
  type CooperativeCode,
  date,
  type Instant,
  instant,
  type MemberId,
  month,
  refuse,
  rupiah,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import type { Bus } from '#lumbung/transport';
import type { Candidate, Terms } from '../importing/rules.js';

export const PARE = '35.06.17.1009' as CooperativeCode;
export const NOW: Instant = instant('2026-03-02T02:00:00.000Z');
export const CALLER: Caller = {
  user: 'bendahara' as UserName,
  role: 'pengurus',
  correlationId: 'test',
};

// biome-ignore lint/suspicious/noExplicitAny: whatever a face is sent; a spec knows which it is
type Payload = any;
type Answers = Record<string, (payload: Payload) => unknown>;

/** A bus on which those of `answers` listen, by pattern; `sent` is all that it carried. */
export const busOf = (answers: Answers) => {
  const sent: { pattern: string; payload: Payload }[] = [];
  const bus: Bus = {
    send: async (pattern, payload) => {
      sent.push({ pattern, payload });
      const answer = answers[pattern];
      if (!answer) throw new TypeError(`nobody answers ${pattern}`);
      return answer(payload);
    },
  };
  return { bus, sent };
};

type Entry = { number: number; nik: string; status: MemberStatus };

/** One cooperative's register and openings, as far as an import meets them. */
export const anOffice = (overrides: Answers = {}) => {
  const members = new Map<MemberId, Entry>();
  const openings = new Map<string, object>();
  const answered = new Map<CommandId, unknown>();
  let head = 0;
  const once = (id: CommandId, decide: () => unknown) => {
    if (!answered.has(id)) answered.set(id, decide());
    return answered.get(id);
  };
  const admit = (id: CommandId, nik: string) => {
    const held = [...members.values()].find((entry) => entry.nik === nik);
    if (held) throw refuse(membershipRejections, 'ALREADY_MEMBER_HERE', held);
    const number = members.size + 1;
    members.set(uuidOf(id, 'member') as MemberId, { number, nik, status: 'CALON' });
    head += 1;
    return { number };
  };
  const enter = ({ member, book, ...amounts }: { member: MemberId; book: BookName }) => {
    if (!members.has(member)) throw refuse(ledgerRejections, 'NO_SUCH_MEMBER');
    const key = `${member} ${book}`;
    if (openings.has(key)) throw refuse(ledgerRejections, 'OPENING_ALREADY_ENTERED');
    openings.set(key, amounts);
    head += 1;
    return {};
  };
  const office = busOf({
    'membership.member.admit': ({ command: { id, data } }) => once(id, () => admit(id, data.nik)),
    'membership.member.find': ({ query }) =>
      query.members.map((id: MemberId) => members.get(id) ?? null),
    'membership.member.lookUp': ({ query }) =>
      query.niks.map((nik: string) => {
        const found = [...members].find(([, entry]) => entry.nik === nik);
        return found ? { member: found[0], number: found[1].number } : null;
      }),
    'ledger.settlement.enterOpening': ({ command: { id, data } }) => once(id, () => enter(data)),
    'platform.progress.progress': () => ({ head: head === 0 ? null : String(head) }),
    'platform.progress.wait': () => true,
    ...overrides,
  });
  return { ...office, members, openings };
};

export const TERMS: Terms = {
  cooperative: PARE,
  cutOver: date('2026-02-28'),
  policies: [
    {
      ...{ from: month('2026-01'), pokokInParts: false },
      ...{ pokok: rupiah(100_000), wajib: rupiah(20_000) },
    },
  ],
  uspOpen: true,
};

type Details = Partial<Candidate['member']>;

/** What a good row says of somebody; `index` makes him another. */
export const villager = (index: number, details: Details = {}): Candidate['member'] =>
  ({
    nik: `35069901019${String(index + 1).padStart(5, '0')}`,
    name: `Orang ${index}`,
    ...{ sex: 'L', birthDate: '1990-01-01', address: '', ktpVillage: PARE },
    joinedOn: '2026-01-05',
    opening: { pokok: 100_000, wajib: 40_000, sukarela: 0 },
    ...details,
  }) as Candidate['member'];
