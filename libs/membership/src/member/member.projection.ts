import type { MemberStatus } from '#lumbung/contracts';
import {
  type CooperativeCode,
  type MemberId,
  type PersonId,
  type PlainDate,
  projection,
  type Sealed,
  when,
} from '#lumbung/kernel';
import {
  MemberAdmitted,
  MemberConfirmed,
  MemberResigned,
  MembershipEnded,
} from './member.events.js';

/** A member with his name sealed; it is opened for whoever may read it. */
export type MemberDocument = {
  id: MemberId;
  cooperative: CooperativeCode;
  number: number;
  person: PersonId;
  name: Sealed;
  sex: 'L' | 'P';
  joinedOn: PlainDate;
  status: MemberStatus;
  endsOn: PlainDate | null;
  warnings: string[];
};

const memberOf = ({ data }: { data: { member: MemberId } }) => [data.member];

export const memberDocuments = projection<MemberDocument>({
  name: 'member',
  version: 1,
  indexes: { number: ['cooperative', 'number'], person: ['cooperative', 'person'] },
  initial: (id) => ({ id }) as MemberDocument,
  on: [
    when(MemberAdmitted, {
      keys: memberOf,
      evolve: ({ id }, { data, metadata }) => {
        const { number, person, name, sex, joinedOn, warnings } = data;
        const cooperative = metadata.cooperative as CooperativeCode;
        const at = { status: 'CALON', endsOn: null } as const;
        return { id, cooperative, number, person, name, sex, joinedOn, ...at, warnings };
      },
    }),
    when(MemberConfirmed, {
      keys: memberOf,
      evolve: (document) => ({ ...document, status: 'ANGGOTA' }),
    }),
    when(MemberResigned, {
      keys: memberOf,
      evolve: (document, { data: { effectiveOn } }) => ({
        ...document,
        status: 'MENGUNDURKAN_DIRI',
        endsOn: effectiveOn,
      }),
    }),
    when(MembershipEnded, {
      keys: memberOf,
      evolve: (document, { data: { on } }) => ({ ...document, status: 'KELUAR', endsOn: on }),
    }),
  ],
});
