import {
  CandidateAdmitted,
  MembershipClosed,
  MembershipConfirmed,
  ResignationAccepted,
} from '#lumbung/contracts';
import { type CooperativeCode, type Metadata, toPublic } from '#lumbung/kernel';
import {
  MemberAdmitted,
  MemberConfirmed,
  MemberResigned,
  MembershipEnded,
} from './member.events.js';

const within = ({ cooperative }: Metadata) => ({ cooperative: cooperative as CooperativeCode });

export const memberPublic = [
  toPublic(MemberAdmitted, CandidateAdmitted, ({ data, metadata }) => ({
    ...within(metadata),
    member: data.member,
    number: data.number,
    joinedOn: data.joinedOn,
  })),
  toPublic(MemberConfirmed, MembershipConfirmed, ({ data, metadata }) => ({
    ...within(metadata),
    ...data,
  })),
  toPublic(MemberResigned, ResignationAccepted, ({ data, metadata }) => ({
    ...within(metadata),
    member: data.member,
    effectiveOn: data.effectiveOn,
  })),
  toPublic(MembershipEnded, MembershipClosed, ({ data, metadata }) => ({
    ...within(metadata),
    ...data,
  })),
];
