import type { Role } from '#lumbung/contracts';
import type { MemberId, VillageCode } from '#lumbung/kernel';

/** Where an operation is tried: at one of two cooperatives, at what contains it, or at both. */
export type Place = { cooperative: VillageCode; member: MemberId; isHere: boolean };

/**
 * One operation of a face. `by`: the roles that may, where their scope reaches; written down here
 * once more, by hand, so that a slip in the policy shows. `at`: what it touches. `data`: what is
 * sent, which the domain refuses with `ends` or answers, so that nothing changes from cell to cell.
 */
export type Operation = {
  pattern: string;
  by: readonly Role[];
  at: 'cooperative' | 'regency' | 'anywhere' | 'answer';
  type?: string;
  data: (place: Place) => object;
  ends?: string;
};

const NOBODY = 'b3c1f3b0-0000-4000-8000-000000000000';
const DAY = '2026-01-31';
const DISTRICT = '35.06.17'.length;

const READERS: Role[] = [
  ...(['pengurus', 'ketua', 'sekretaris', 'bendahara', 'kasir', 'pengawas', 'manajer'] as const),
  'auditor',
];
const FIGURES: Role[] = [...READERS, 'kepala_desa', 'petugas', 'pendamping'];
const FINDERS: Role[] = [...FIGURES, 'anggota', 'mitra', 'operator'];
const TELLERS: Role[] = ['pengurus', 'bendahara', 'kasir', 'manajer'];
const AUDITS: Role[] = ['pengurus', 'pengawas', 'petugas', 'auditor'];
const RUNS: Role[] = ['pengurus', 'operator'];
const BOOKS: Role[] = ['pengurus', 'ketua', 'bendahara'];

const movement = ({ cooperative }: Place) => ({
  ...{ cooperative, member: NOBODY, kind: 'POKOK', amount: 1_000 },
  ...{ date: DAY, channel: 'KAS' },
});

const paged = ({ cooperative }: Place) => ({ cooperative, first: 10 });

const MEMBERSHIP: Operation[] = [
  {
    ...{ pattern: 'membership.cooperative.register', by: RUNS, at: 'cooperative' },
    type: 'RegisterCooperative',
    data: ({ cooperative }) => ({
      ...{ cooperative, name: 'A', village: 'A', district: 'A', regency: 'A', province: 'A' },
    }),
    ends: 'COOPERATIVE_ALREADY_REGISTERED',
  },
  {
    ...{ pattern: 'membership.cooperative.find', by: FINDERS, at: 'cooperative' },
    data: ({ cooperative }) => ({ cooperative }),
  },
  {
    pattern: 'membership.member.admit',
    by: ['pengurus', 'sekretaris', 'bendahara', 'kasir'],
    at: 'cooperative',
    type: 'AdmitMember',
    data: ({ cooperative }) => ({
      ...{ cooperative, nik: '3506994101900009', name: 'Budi', sex: 'L' },
      ...{ birthDate: '2999-01-01', address: 'Dusun', ktpVillage: cooperative, joinedOn: DAY },
    }),
    ends: 'BORN_IN_FUTURE',
  },
  {
    pattern: 'membership.member.resign',
    by: ['pengurus', 'ketua', 'sekretaris'],
    at: 'cooperative',
    type: 'ResignMember',
    data: ({ cooperative }) => ({
      ...{ cooperative, member: NOBODY, effectiveOn: DAY, reason: 'PINDAH' },
    }),
    ends: 'MEMBER_UNKNOWN',
  },
  ...(['confirm', 'end'] as const).map(
    (method): Operation => ({
      ...{ pattern: `membership.member.${method}`, by: [], at: 'cooperative' },
      type: method === 'end' ? 'EndMembership' : 'ConfirmMember',
      data: ({ cooperative }) => ({ cooperative, member: NOBODY, on: DAY }),
    }),
  ),
  {
    ...{ pattern: 'membership.member.find', by: [...FIGURES, 'anggota'], at: 'answer' },
    data: ({ member }) => ({ members: [member] }),
  },
  { pattern: 'membership.member.list', by: FIGURES, at: 'cooperative', data: paged },
  {
    pattern: 'membership.member.lookUp',
    by: ['pengurus', 'sekretaris', 'bendahara', 'kasir'],
    at: 'cooperative',
    data: ({ cooperative }) => ({ cooperative, niks: ['3506994101900001'] }),
  },
  ...(['place', 'places'] as const).map(
    (method): Operation => ({
      ...{ pattern: `membership.region.${method}`, by: FINDERS, at: 'anywhere' },
      data: ({ cooperative }) =>
        method === 'place' ? { village: cooperative } : { regency: '35.06' },
    }),
  ),
];

const LEDGER: Operation[] = [
  {
    ...{ pattern: 'ledger.account.setPolicy', by: BOOKS, at: 'cooperative' },
    type: 'SetSimpananPolicy',
    data: ({ cooperative }) => ({
      ...{ cooperative, from: '2025-01', pokok: 1, wajib: 1, pokokInParts: false },
    }),
    ends: 'TERMS_ALREADY_IN_USE',
  },
  {
    ...{ pattern: 'ledger.account.open', by: [], at: 'cooperative', type: 'OpenMemberAccount' },
    data: ({ cooperative, member }) => ({ cooperative, book: 'UMUM', member, since: '2026-01' }),
  },
  {
    ...{ pattern: 'ledger.account.balances', by: [...FIGURES, 'anggota'], at: 'answer' },
    data: ({ member }) => ({ members: [member] }),
  },
  {
    ...{ pattern: 'ledger.account.policies', by: FINDERS, at: 'cooperative' },
    data: ({ cooperative }) => ({ cooperatives: [cooperative] }),
  },
  {
    ...{ pattern: 'ledger.book.closeMonth', by: BOOKS, at: 'cooperative', type: 'CloseMonth' },
    data: ({ cooperative }) => ({ cooperative, book: 'UMUM', month: '2999-01' }),
    ends: 'MONTH_NOT_NEXT',
  },
  {
    ...{ pattern: 'ledger.book.openUsp', by: BOOKS, at: 'cooperative', type: 'OpenUsp' },
    data: ({ cooperative }) => ({ cooperative, licence: 'USP-1', licensedOn: '2999-01-01' }),
    ends: 'DATE_IN_FUTURE',
  },
  {
    ...{ pattern: 'ledger.book.journals', by: FIGURES, at: 'cooperative' },
    data: (place) => ({ ...paged(place), book: 'UMUM' }),
  },
  {
    ...{ pattern: 'ledger.book.books', by: FIGURES, at: 'cooperative' },
    data: ({ cooperative }) => ({ cooperative }),
  },
  {
    ...{ pattern: 'ledger.simpanan.deposit', by: TELLERS, at: 'cooperative' },
    ...{ type: 'DepositSimpanan', data: movement, ends: 'NO_SUCH_MEMBER' },
  },
  {
    ...{ pattern: 'ledger.simpanan.withdraw', by: TELLERS, at: 'cooperative' },
    ...{ type: 'WithdrawSimpanan', data: movement, ends: 'NO_SUCH_MEMBER' },
  },
  {
    ...{ pattern: 'ledger.simpanan.collectWajib', by: TELLERS, at: 'cooperative' },
    type: 'CollectWajib',
    data: ({ cooperative }) => ({
      ...{ cooperative, month: '2026-01', members: [NOBODY], date: DAY, channel: 'KAS' },
    }),
    ends: 'NO_SUCH_MEMBER',
  },
  {
    pattern: 'ledger.settlement.enterOpening',
    by: ['pengurus', 'bendahara'],
    at: 'cooperative',
    type: 'EnterOpeningSimpanan',
    data: ({ cooperative }) => ({
      ...{ cooperative, book: 'UMUM', member: NOBODY, pokok: 1, wajib: 1, sukarela: 1 },
      date: DAY,
    }),
    ends: 'NO_SUCH_MEMBER',
  },
  {
    ...{ pattern: 'ledger.settlement.settle', by: [], at: 'cooperative', type: 'SettleMember' },
    data: ({ cooperative }) => ({
      ...{ cooperative, book: 'USP', member: NOBODY, fromUsp: 0, date: DAY },
    }),
  },
  {
    ...{ pattern: 'ledger.settlement.payResigned', by: TELLERS, at: 'cooperative' },
    type: 'PayResigned',
    data: ({ cooperative }) => ({ cooperative, member: NOBODY, date: DAY, channel: 'KAS' }),
    ends: 'NO_SUCH_MEMBER',
  },
];

const GIVERS: Role[] = ['pengurus', 'ketua', 'operator'];

const USERS: Operation[] = [
  {
    ...{ pattern: 'identity.user.add', by: GIVERS, at: 'cooperative', type: 'AddUser' },
    data: ({ cooperative }) => ({ name: 'pertama', role: 'kasir', scope: cooperative }),
    ends: 'USER_EXISTS',
  },
  {
    ...{ pattern: 'identity.user.grant', by: GIVERS, at: 'cooperative', type: 'GrantRole' },
    data: ({ cooperative }) => ({ name: 'siapa', role: 'kasir', scope: cooperative }),
    ends: 'USER_UNKNOWN',
  },
  {
    ...{ pattern: 'identity.user.end', by: GIVERS, at: 'cooperative', type: 'EndRole' },
    data: ({ cooperative }) => ({ name: 'siapa', role: 'kasir', scope: cooperative, on: DAY }),
    ends: 'ROLE_ABOVE_OWN',
  },
  {
    ...{ pattern: 'identity.user.find', by: FINDERS, at: 'anywhere' },
    data: () => ({ name: 'pertama' }),
  },
  { pattern: 'identity.user.list', by: FINDERS, at: 'anywhere', data: () => ({}) },
];

const TOTALS: Operation[] = [
  {
    ...{ pattern: 'reporting.totals.cooperatives', by: FINDERS, at: 'answer' },
    data: () => ({ regency: '35.06', first: 10 }),
  },
  {
    ...{ pattern: 'reporting.totals.totals', by: FINDERS, at: 'cooperative' },
    data: ({ cooperative }) => ({ cooperatives: [cooperative] }),
  },
  {
    ...{ pattern: 'reporting.totals.region', by: FINDERS, at: 'answer' },
    data: ({ cooperative }) => ({ code: cooperative.slice(0, DISTRICT) }),
  },
  {
    ...{ pattern: 'reporting.totals.districts', by: FINDERS, at: 'answer' },
    data: () => ({ code: '35.06' }),
  },
];

const whole = (pattern: string, by: readonly Role[], data: object, ends?: string): Operation => ({
  ...{ pattern, by, at: 'regency', data: () => data },
  ...(ends !== undefined && { ends }),
});

const which = { reader: 'member-accounts', key: '35.06.17.1009' };

const PLATFORM: Operation[] = [
  whole('audit.log.replay', AUDITS, {}),
  whole('audit.log.verify', AUDITS, {}),
  whole('audit.log.status', AUDITS, {}),
  whole('platform.parking.list', RUNS, {}),
  whole('platform.parking.show', RUNS, which, 'NOT_PARKED'),
  whole('platform.parking.retry', RUNS, which, 'NOT_PARKED'),
  whole('platform.parking.drop', RUNS, { ...which, reason: 'a test' }, 'NOT_PARKED'),
  whole('platform.progress.rebuild', RUNS, { projection: 'none' }, 'PROJECTION_UNKNOWN'),
  ...['progress.progress', 'progress.platform'].map(
    (method): Operation => ({
      ...{ pattern: `platform.${method}`, by: FINDERS, at: 'anywhere', data: () => ({}) },
    }),
  ),
  {
    ...{ pattern: 'platform.progress.wait', by: FINDERS, at: 'anywhere' },
    data: () => ({ position: '1' }),
  },
];

/** Every operation of every face; a feed only services apart tell. */
export const OPERATIONS: readonly Operation[] = [
  ...[...MEMBERSHIP, ...LEDGER, ...USERS, ...TOTALS, ...PLATFORM],
];
