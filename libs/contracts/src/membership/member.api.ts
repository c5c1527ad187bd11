import {
  type Ask,
  type Call,
  Choice,
  type CommandOf,
  CooperativeCode,
  command,
  face,
  identifying,
  MemberId,
  Nik,
  PlainDate,
  personal,
  publicEvent,
  query,
  VillageCode,
  z,
} from '#lumbung/kernel';
import { type Answer, type Page, paging } from '../answer.js';

export const Sex = Choice('L', 'P');
export const MemberStatus = Choice('CALON', 'ANGGOTA', 'MENGUNDURKAN_DIRI', 'KELUAR');
export type MemberStatus = z.infer<typeof MemberStatus>;
export const ResignationReason = Choice('PERMINTAAN', 'PINDAH', 'MENINGGAL', 'DIBERHENTIKAN');
export type ResignationReason = z.infer<typeof ResignationReason>;

/** The KTP names a village; another than the cooperative's is allowed, and stays on record. */
export const AdmitMember = command('AdmitMember', {
  cooperative: CooperativeCode,
  nik: identifying(Nik),
  name: personal(z.string().trim().min(1, 'NAME_MISSING').max(120)),
  sex: Sex,
  birthDate: personal(PlainDate),
  address: personal(z.string().trim().max(300)),
  ktpVillage: VillageCode,
  phone: personal(z.string().trim().max(30)).optional(),
  joinedOn: PlainDate,
});
export type AdmitMember = CommandOf<typeof AdmitMember>;

/** `effectiveOn` may lie ahead; on that day the simpanan are settled. */
export const ResignMember = command('ResignMember', {
  cooperative: CooperativeCode,
  member: MemberId,
  effectiveOn: PlainDate,
  reason: ResignationReason,
});
export type ResignMember = CommandOf<typeof ResignMember>;

/** A candidate becomes a member when his pokok is paid (UU 25/1992 art. 41). */
export const ConfirmMember = command('ConfirmMember', {
  cooperative: CooperativeCode,
  member: MemberId,
  on: PlainDate,
});
export type ConfirmMember = CommandOf<typeof ConfirmMember>;

export const EndMembership = command('EndMembership', {
  cooperative: CooperativeCode,
  member: MemberId,
  on: PlainDate,
});
export type EndMembership = CommandOf<typeof EndMembership>;

export const CandidateAdmitted = publicEvent('membership.CandidateAdmitted', 1, {
  cooperative: CooperativeCode,
  member: MemberId,
  number: z.int(),
  joinedOn: PlainDate,
});

export const MembershipConfirmed = publicEvent('membership.MembershipConfirmed', 1, {
  cooperative: CooperativeCode,
  member: MemberId,
  on: PlainDate,
});

export const ResignationAccepted = publicEvent('membership.ResignationAccepted', 1, {
  cooperative: CooperativeCode,
  member: MemberId,
  effectiveOn: PlainDate,
});

export const MembershipClosed = publicEvent('membership.MembershipClosed', 1, {
  cooperative: CooperativeCode,
  member: MemberId,
  /** Whether a member leaves, or a candidate who never became one. */
  wasMember: z.boolean(),
  on: PlainDate,
});

export type Member = {
  id: MemberId;
  cooperative: CooperativeCode;
  number: number;
  /** Null for a person who has been forgotten. */
  name: string | null;
  sex: 'L' | 'P';
  joinedOn: PlainDate;
  status: MemberStatus;
  /** When he leaves or left. */
  endsOn: PlainDate | null;
  warnings: string[];
};

export type Admission = Answer & { member: MemberId; number: number; warnings: string[] };

export const FindMembers = query({ members: z.array(MemberId).max(500) });
export const ListMembers = query({ cooperative: CooperativeCode, ...paging });
export const LookUpMembers = query({ cooperative: CooperativeCode, niks: z.array(Nik).max(500) });

/** A membership that somebody holds now. */
export type Held = { member: MemberId; number: number };

export abstract class MemberApi {
  static readonly face = face<MemberApi>('membership.member', {
    admit: AdmitMember,
    resign: ResignMember,
    confirm: ConfirmMember,
    end: EndMembership,
    find: FindMembers,
    list: ListMembers,
    lookUp: LookUpMembers,
  });

  abstract admit(call: Call<typeof AdmitMember>): Promise<Admission>;
  abstract resign(call: Call<typeof ResignMember>): Promise<Answer>;
  /** Sent by the workflow that follows a paid pokok. */
  abstract confirm(call: Call<typeof ConfirmMember>): Promise<Answer>;
  /** Sent by the workflow that follows a resignation, on its day. */
  abstract end(call: Call<typeof EndMembership>): Promise<Answer>;
  /** In the order asked, null where there is none. */
  abstract find(ask: Ask<typeof FindMembers>): Promise<(Member | null)[]>;
  /** By number; those who left stay in the list. */
  abstract list(ask: Ask<typeof ListMembers>): Promise<Page<Member>>;
  /** Who of these is a member now, in the order asked, null for whoever is not. */
  abstract lookUp(ask: Ask<typeof LookUpMembers>): Promise<(Held | null)[]>;
}
