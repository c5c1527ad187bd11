import {
  AdmitMember,
  ConfirmMember,
  EndMembership,
  ensureMembership as ensure,
  type MemberStatus,
  ResignMember,
} from '#lumbung/contracts';
import {
  type Decider,
  type DeepReadonly,
  type MemberId,
  type Metadata,
  type PersonId,
  type PlainDate,
  the,
  uuidOf,
} from '#lumbung/kernel';
import type { Cooperative } from '../cooperative/cooperative.decider.js';
import {
  MemberAdmitted,
  MemberConfirmed,
  type MemberEvent,
  MemberResigned,
  MembershipEnded,
} from './member.events.js';

/** `isMember`: his pokok was paid, whatever his status has become since. */
type Entry = {
  number: number;
  person: PersonId;
  status: MemberStatus;
  isMember: boolean;
  joinedOn: PlainDate;
};

/** `current` finds the membership that a person holds now; numbers are never given twice. */
export type Members = {
  lastNumber: number;
  entries: Record<MemberId, Entry>;
  current: Record<PersonId, MemberId>;
};

type Seen = DeepReadonly<{ cooperative: Cooperative; members: Members }>;
type MemberCommand = AdmitMember | ConfirmMember | ResignMember | EndMembership;

const entryOf = ({ members }: Seen, member: MemberId) => {
  const entry = members.entries[member];
  ensure(entry, 'MEMBER_UNKNOWN');
  return entry;
};

const admit = ({ data }: AdmitMember, { cooperative, members }: Seen, metadata: Metadata) => {
  const { cooperative: code, ktpVillage, joinedOn, person, ...details } = data;
  ensure(cooperative.isRegistered, 'COOPERATIVE_UNKNOWN');
  ensure(joinedOn <= metadata.businessDate, 'JOINED_IN_FUTURE');
  const held = members.current[person];
  if (held) {
    ensure(false, 'ALREADY_MEMBER_HERE', { number: the(members.entries, held).number });
  }
  const member = uuidOf(metadata.commandId, 'member') as MemberId;
  const number = members.lastNumber + 1;
  // A KTP from elsewhere is for the board to look into, not for a program to refuse.
  const warnings = ktpVillage === code ? [] : ['KTP_VILLAGE_DIFFERS'];
  return [MemberAdmitted({ ...details, member, number, person, ktpVillage, joinedOn, warnings })];
};

const confirm = ({ data: { member, on } }: ConfirmMember, seen: Seen) =>
  entryOf(seen, member).status === 'CALON' ? [MemberConfirmed({ member, on })] : [];

const resign = ({ data }: ResignMember, seen: Seen) => {
  const { member, effectiveOn, reason } = data;
  const { status, joinedOn } = entryOf(seen, member);
  ensure(status === 'CALON' || status === 'ANGGOTA', 'MEMBER_ALREADY_RESIGNED');
  ensure(effectiveOn >= joinedOn, 'RESIGNED_BEFORE_JOINING');
  return [MemberResigned({ member, effectiveOn, reason })];
};

const end = ({ data: { member, on } }: EndMembership, seen: Seen) => {
  const { status, isMember } = entryOf(seen, member);
  return status === 'KELUAR' ? [] : [MembershipEnded({ member, wasMember: isMember, on })];
};

export const members: Decider<
  MemberCommand,
  MemberEvent,
  Members,
  { cooperative: Cooperative; members: Members }
> = {
  commands: [AdmitMember, ConfirmMember, ResignMember, EndMembership],
  events: [MemberAdmitted, MemberConfirmed, MemberResigned, MembershipEnded],
  initial: { lastNumber: 0, entries: {}, current: {} },
  decide: {
    AdmitMember: admit,
    ConfirmMember: confirm,
    ResignMember: resign,
    EndMembership: end,
  },
  evolve: {
    'membership.MemberAdmitted': (state, { member, number, person, joinedOn }) => {
      state.lastNumber = number;
      state.entries[member] = { number, person, status: 'CALON', isMember: false, joinedOn };
      state.current[person] = member;
    },
    'membership.MemberConfirmed': ({ entries }, { member }) => {
      const entry = the(entries, member);
      entry.status = 'ANGGOTA';
      entry.isMember = true;
    },
    'membership.MemberResigned': ({ entries }, { member }) => {
      the(entries, member).status = 'MENGUNDURKAN_DIRI';
    },
    'membership.MembershipEnded': (state, { member }) => {
      const entry = the(state.entries, member);
      entry.status = 'KELUAR';
      delete state.current[entry.person];
    },
  },
};
