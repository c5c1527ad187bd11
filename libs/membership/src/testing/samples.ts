import {
  type CooperativeCode,
  date,
  type MemberId,
  type PersonId,
  type Sealed,
  uuidOf,
} from '#lumbung/kernel';
import { followingIn } from '#lumbung/kernel/testing';
import { CooperativeEntered } from '../cooperative/cooperative.events.js';
import { registerStream } from '../cooperative/register.stream.js';
import {
  MemberAdmitted,
  MemberConfirmed,
  MemberResigned,
  MembershipEnded,
} from '../member/member.events.js';

export const PARE = '35.06.17.1009' as CooperativeCode;
export const GEDANGSEWU = '35.06.17.2010' as CooperativeCode;

const memberOf = (name: string) => uuidOf('test', name) as MemberId;
export const personOf = (name: string): PersonId => uuidOf('test', 'person', name) as PersonId;
const sealed = (name: string, field: string) => `${field} of ${name}` as Sealed;

export const SITI = memberOf('siti');
export const BUDI = memberOf('budi');

export const place = {
  name: 'Koperasi Kelurahan Merah Putih Pare',
  village: 'Pare',
  district: 'Pare',
  regency: 'Kabupaten Kediri',
  province: 'Jawa Timur',
};

export const entered = CooperativeEntered({ cooperative: PARE, ...place });

const personal = (name: string) => ({
  person: personOf(name),
  nik: sealed(name, 'nik'),
  name: sealed(name, 'name'),
  birthDate: sealed(name, 'birthDate'),
  address: sealed(name, 'address'),
});

const details = { sex: 'P', ktpVillage: PARE, joinedOn: date('2026-03-02') } as const;

/** A command to admit somebody as deciders see it: with his personal values sealed. */
export const admission = (name: string, changes: Record<string, unknown> = {}) => ({
  cooperative: PARE,
  ...details,
  ...personal(name),
  ...changes,
});

export const admitted = (
  name: string,
  number: number,
  changes: Partial<Parameters<typeof MemberAdmitted>[0]> = {},
) => {
  const member = memberOf(name);
  return MemberAdmitted({
    ...{ member, number, ...details, ...personal(name), warnings: [] },
    ...changes,
  });
};

const on = date('2026-03-02');

export const confirmed = (member: MemberId) => MemberConfirmed({ member, on });

export const resigned = (member: MemberId, effectiveOn = on) =>
  MemberResigned({ member, effectiveOn, reason: 'PINDAH' });

export const ended = (member: MemberId, wasMember = true) =>
  MembershipEnded({ member, wasMember, on });

export const followedBy = followingIn(registerStream);
