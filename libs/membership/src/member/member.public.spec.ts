import {
  CandidateAdmitted,
  CooperativeRegistered,
  MembershipClosed,
  MembershipConfirmed,
  ResignationAccepted,
} from '#lumbung/contracts';
import { type DomainEvent, date } from '#lumbung/kernel';
import { recorded } from '#lumbung/kernel/testing';
import { cooperativePublic } from '../cooperative/cooperative.public.js';
import {
  admitted,
  confirmed,
  ended,
  entered,
  PARE,
  place,
  resigned,
  SITI,
} from '../testing/samples.js';
import { memberPublic } from './member.public.js';

const on = date('2026-03-02');
const siti = { cooperative: PARE, member: SITI };

/** What others hear of an event of Pare’s register. */
const toldOf = (event: DomainEvent) =>
  [...cooperativePublic, ...memberPublic].flatMap(({ from, map }) => {
    const isMeant = from !== 'posting' && from.type === event.type;
    return (isMeant && map(recorded(event))) || [];
  });

describe('others hear', () => {
  it('of a cooperative where it is and what it is called', () => {
    expect(toldOf(entered)).toEqual([CooperativeRegistered({ cooperative: PARE, ...place })]);
  });

  it('of a candidate where, under which number and since when, and nothing personal', () => {
    expect(toldOf(admitted('siti', 7, { warnings: ['KTP_VILLAGE_DIFFERS'] }))).toEqual([
      CandidateAdmitted({ ...siti, number: 7, joinedOn: on }),
    ]);
  });

  it('of a member that he is one, that he leaves, and that he left', () => {
    expect(toldOf(confirmed(SITI))).toEqual([MembershipConfirmed({ ...siti, on })]);
    expect(toldOf(resigned(SITI))).toEqual([ResignationAccepted({ ...siti, effectiveOn: on })]);
    expect(toldOf(ended(SITI, false))).toEqual([
      MembershipClosed({ ...siti, wasMember: false, on }),
    ]);
  });

  it('only what the declarations of contracts admit', () => {
    const all = [entered, admitted('siti', 1), confirmed(SITI), resigned(SITI), ended(SITI)];
    const schemas = [
      ...[CooperativeRegistered, CandidateAdmitted, MembershipConfirmed],
      ...[ResignationAccepted, MembershipClosed],
    ].map(({ schema }) => schema);
    for (const [index, { data }] of all.flatMap(toldOf).entries()) {
      expect(schemas[index]?.parse(data)).toEqual(data);
    }
  });
});
