import {
  type BookName,
  CandidateAdmitted,
  CooperativeRegistered,
  type CooperativeTotals,
  JournalRecorded,
  MembershipClosed,
  MembershipConfirmed,
  type RegionTotals,
  SimpananChanged,
  type SimpananTotals,
} from '#lumbung/contracts';
import {
  add,
  type Clause,
  type CooperativeCode,
  districtOf,
  projection,
  provinceOf,
  regencyOf,
  when,
  ZERO,
} from '#lumbung/kernel';
import { LISTING_INDEXES } from './listing.policy.js';

type Counts = SimpananTotals & { memberCount: number; candidateCount: number };

const NOTHING: Counts = {
  memberCount: 0,
  candidateCount: 0,
  pokok: ZERO,
  wajib: ZERO,
  sukarela: ZERO,
};

/** What members and their simpanan add up to, in whichever documents an event belongs to. */
const counting = <Doc extends Counts>(
  keysOf: (cooperative: CooperativeCode) => string[],
  changed: (document: Doc) => Doc,
): Clause<Doc>[] => {
  const keys = ({ data }: { data: { cooperative: CooperativeCode } }) => keysOf(data.cooperative);
  const count = (document: Doc, members: number, candidates: number): Doc =>
    changed({
      ...document,
      memberCount: document.memberCount + members,
      candidateCount: document.candidateCount + candidates,
    });
  return [
    when(CandidateAdmitted, { keys, evolve: (document) => count(document, 0, 1) }),
    when(MembershipConfirmed, { keys, evolve: (document) => count(document, 1, -1) }),
    when(MembershipClosed, {
      keys,
      evolve: (document, { data: { wasMember } }) =>
        wasMember ? count(document, -1, 0) : count(document, 0, -1),
    }),
    when(SimpananChanged, {
      keys,
      evolve: (document, { data }) =>
        changed({
          ...document,
          pokok: add(document.pokok, data.pokok),
          wajib: add(document.wajib, data.wajib),
          sukarela: add(document.sukarela, data.sukarela),
        }),
    }),
  ];
};

// Savings come after capital, so a cooperative begins with its general book.
const isBeginning = (book: BookName) => book === 'UMUM';

/** `sortName` and `lastEntry` are what the list is searched and sorted by. */
export type CooperativeDocument = CooperativeTotals & {
  regency: string;
  sortName: string;
  lastEntry: string;
};

export const sortNameOf = (village: string): string => village.trim().toLowerCase();

/** One cooperative's figures, and every order in which the list of a regency is offered. */
export const cooperativeTotals = projection<CooperativeDocument>({
  name: 'cooperative-totals',
  version: 1,
  indexes: LISTING_INDEXES,
  initial: (key) => {
    const code = key as CooperativeCode;
    return {
      ...NOTHING,
      code,
      name: '',
      village: '',
      district: districtOf(code),
      districtName: '',
      regency: regencyOf(code),
      simpananTotal: ZERO,
      lastEntryOn: null,
      started: false,
      sortName: '',
      lastEntry: '',
    };
  },
  on: [
    when(CooperativeRegistered, {
      keys: ({ data }) => [data.cooperative],
      evolve: (document, { data: { name, village, district } }) => {
        const sortName = sortNameOf(village);
        return { ...document, name, village, districtName: district, sortName };
      },
    }),
    when(JournalRecorded, {
      keys: ({ data }) => [data.cooperative],
      evolve: (document, { data: { book, date } }) => {
        const { lastEntryOn } = document;
        const latest = lastEntryOn !== null && lastEntryOn > date ? lastEntryOn : date;
        const started = document.started || isBeginning(book);
        return { ...document, started, lastEntryOn: latest, lastEntry: latest };
      },
    }),
    ...counting<CooperativeDocument>(
      (cooperative) => [cooperative],
      (document) => ({
        ...document,
        simpananTotal: add(document.pokok, document.wajib, document.sukarela),
      }),
    ),
  ],
});

/** Each region above a village, the nearest first. */
const regionsOf = (cooperative: CooperativeCode): string[] => [
  districtOf(cooperative),
  regencyOf(cooperative),
  provinceOf(cooperative),
];

export type RegionDocument = RegionTotals & { parent: string };

const parentOf = (code: string): string => code.slice(0, Math.max(0, code.length - 3));

/** The figures of districts, regencies and provinces: documents too, never sums on demand. */
export const regionTotals = projection<RegionDocument>({
  name: 'region-totals',
  version: 1,
  indexes: { parent: ['parent', 'code'] },
  initial: (code) => ({
    ...NOTHING,
    code,
    name: '',
    parent: parentOf(code),
    cooperativeCount: 0,
    startedCount: 0,
  }),
  on: [
    when(CooperativeRegistered, {
      keys: ({ data }) => regionsOf(data.cooperative),
      evolve: (document, { data }, key) => {
        const names = [data.district, data.regency, data.province];
        const name = names[regionsOf(data.cooperative).indexOf(key)] ?? '';
        return { ...document, name, cooperativeCount: document.cooperativeCount + 1 };
      },
    }),
    when(JournalRecorded, {
      keys: ({ data }) => (data.first && isBeginning(data.book) ? regionsOf(data.cooperative) : []),
      evolve: (document) => ({ ...document, startedCount: document.startedCount + 1 }),
    }),
    ...counting<RegionDocument>(regionsOf, (document) => document),
  ],
});
