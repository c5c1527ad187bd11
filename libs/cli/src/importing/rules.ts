import {
  AccountApi,
  BookApi,
  CooperativeApi,
  ledgerRejections,
  MemberApi,
  type MemberStatus,
  membershipRejections,
  type SimpananPolicy,
} from '#lumbung/contracts';
import type { ImportedMember } from '#lumbung/documents';
import {
  add,
  type Caller,
  type CooperativeCode,
  type MemberId,
  type Month,
  monthOf,
  type PlainDate,
  refuse,
} from '#lumbung/kernel';
import { type Bus, clientFor } from '#lumbung/transport';
import type { Remark } from './report.js';

/** What the cooperative's own state says about a row. */
export type Terms = {
  cooperative: CooperativeCode;
  cutOver: PlainDate;
  policies: readonly SimpananPolicy[];
  uspOpen: boolean;
};

type Asking = { bus: Bus; caller: Caller };

/** Rejects COOPERATIVE_UNKNOWN, DATE_IN_FUTURE and MONTH_CLOSED: nothing in the file could pass. */
export const termsOf = async (
  { bus, caller }: Asking,
  cooperative: CooperativeCode,
  cutOver: PlainDate,
  today: PlainDate,
): Promise<Terms> => {
  const asked = { query: { cooperative }, caller };
  const found = await clientFor(CooperativeApi, bus).find(asked);
  if (!found) throw refuse(membershipRejections, 'COOPERATIVE_UNKNOWN');
  if (cutOver > today) throw refuse(ledgerRejections, 'DATE_IN_FUTURE');
  const books = await clientFor(BookApi, bus).books(asked);
  const month = monthOf(cutOver);
  const isClosed = books.some(({ closedThrough }) => closedThrough && closedThrough >= month);
  if (isClosed) throw refuse(ledgerRejections, 'MONTH_CLOSED', { month });
  const ofOne = { query: { cooperatives: [cooperative] }, caller };
  const [policies = []] = await clientFor(AccountApi, bus).policies(ofOne);
  return { cooperative, cutOver, policies, uspOpen: opened(books) };
};

/** Whose pokok somebody owes who joined in that month: later decisions are for later members. */
const policyOf = (policies: readonly SimpananPolicy[], joined: Month) =>
  policies.findLast(({ from }) => from <= joined) ?? policies[0];

const opened = (books: { uspOpen: boolean }[]) => books.some(({ uspOpen }) => uspOpen);

type Sentence = string | ((details: never) => string);

const error = (line: number, field: string, code: string, sentence: Sentence, details = {}) => ({
  line,
  field,
  code,
  sentence: typeof sentence === 'string' ? sentence : sentence(details as never),
  severity: 'error' as const,
});

/** What the opening amounts of a row would meet in the books. */
const openingRemarks = (line: number, { opening, joinedOn }: ImportedMember, terms: Terms) => {
  const { pokok, wajib, sukarela } = opening;
  const { policies, uspOpen, cutOver } = terms;
  const policy = policyOf(policies, monthOf(joinedOn));
  if (add(pokok, wajib, sukarela) === 0) return [];
  const remarks: Remark[] = [];
  const tell = (field: string, code: keyof typeof ledgerRejections, details = {}) =>
    remarks.push(error(line, field, code, ledgerRejections[code], details));
  if (!policy) tell('simpanan_pokok', 'TERMS_NOT_SET');
  if (policy && pokok > policy.pokok) {
    tell('simpanan_pokok', 'AMOUNT_IS_NOT_THE_POKOK', { open: policy.pokok });
  }
  if (sukarela > 0 && !uspOpen) tell('simpanan_sukarela', 'USP_NOT_OPEN');
  if (sukarela > 0 && policy && pokok !== policy.pokok) {
    tell('simpanan_sukarela', 'MEMBER_STILL_CALON');
  }
  if (joinedOn > cutOver) {
    const sentence = `Saldo awal per ${cutOver}, padahal tanggal masuk sesudahnya.`;
    remarks.push(error(line, 'tanggal_masuk', 'JOINED_AFTER_CUT_OVER', sentence));
  }
  return remarks;
};

const villageRemarks = (line: number, member: ImportedMember, terms: Terms): Remark[] => {
  if (member.ktpVillage === terms.cooperative) return [];
  const sentence = 'Desa pada KTP berbeda dari desa koperasi; tercatat pada anggota.';
  return [
    { line, field: 'kode_desa_ktp', code: 'KTP_VILLAGE_DIFFERS', sentence, severity: 'warning' },
  ];
};

/** What a row would meet in the register and the books, as they stand. */
export const remarksOn = (line: number, member: ImportedMember, terms: Terms): Remark[] => [
  ...villageRemarks(line, member, terms),
  ...openingRemarks(line, member, terms),
];

/** A row that may be enrolled, under the id that its line gives; `status` once it has been. */
export type Candidate = {
  line: number;
  member: ImportedMember;
  id: MemberId;
  status?: MemberStatus | undefined;
};

/** The candidates with what an earlier run made of them. */
export const asEnrolled = async (
  { bus, caller }: Asking,
  candidates: readonly Candidate[],
): Promise<Candidate[]> => {
  const query = { members: candidates.map(({ id }) => id) };
  const found = await clientFor(MemberApi, bus).find({ query, caller });
  return candidates.map((candidate, place) => ({ ...candidate, status: found[place]?.status }));
};

/** Who of the candidates is a member already, but not by this very line. */
export const alreadyMembers = async (
  { bus, caller }: Asking,
  cooperative: CooperativeCode,
  candidates: readonly Candidate[],
): Promise<Remark[]> => {
  const niks = candidates.map(({ member }) => member.nik);
  const query = { cooperative, niks };
  const found = await clientFor(MemberApi, bus).lookUp({ query, caller });
  return candidates.flatMap(({ line, id }, place) => {
    const held = found[place];
    if (!held || held.member === id) return [];
    const { ALREADY_MEMBER_HERE } = membershipRejections;
    return [error(line, 'nik', 'ALREADY_MEMBER_HERE', ALREADY_MEMBER_HERE, held)];
  });
};
