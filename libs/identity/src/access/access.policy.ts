import type { Role } from '#lumbung/contracts';
import { covers } from '#lumbung/kernel';

export const isProgramme = (scope: string): boolean => scope.startsWith('program:');

/** Where a role is given: one over a whole deployment, and over a programme, in its regency. */
export const placeOf = (scope: string, regency: string): string =>
  isProgramme(scope) || covers(scope, regency) ? regency : scope;

/** One line of the policy: an action of a noun. */
export type Line = {
  permission: string;
  /** Fields that are masked. */
  hides?: readonly string[];
  /** Only what is the holder's own, who is a member. */
  own?: true;
};

const all = (...permissions: string[]): Line[] => permissions.map((permission) => ({ permission }));

const own = (...permissions: string[]): Line[] =>
  permissions.map((permission) => ({ permission, own: true }));

// What is nobody's secret: where the platform is, which places there are, sums of whole regions.
const ANYBODY = all('platform.read', 'region.read', 'region-totals.read', 'user.find');

const TOTALS = [...ANYBODY, ...all('cooperative.read', 'totals.read')];

const BOOKS = [...TOTALS, ...all('journal.read', 'simpanan.read')];

/** Figures and registers, whoever they are about not by name. */
const FIGURES = [...BOOKS, { permission: 'member.read', hides: ['name'] }];

/** All that one cooperative's own people read. */
const READING = [...BOOKS, ...all('member.read', 'user.read')];

const CASHIER = [...READING, ...all('simpanan.deposit', 'simpanan.withdraw', 'member.admit')];

const TREASURER = [
  ...CASHIER,
  ...all('simpanan.set-policy', 'simpanan.enter-opening', 'book.close-month', 'book.open-usp'),
];

const SECRETARY = [...READING, ...all('member.admit', 'member.resign')];

const CHAIR = [
  ...READING,
  ...all('member.resign', 'simpanan.set-policy', 'book.close-month', 'book.open-usp'),
  ...all('user.add', 'user.grant'),
];

const WHOLE_REGENCY = all('audit.read', 'feed.read');

const OPERATOR = [
  ...TOTALS,
  ...all('cooperative.register', 'platform.rebuild', 'platform.resume', 'feed.read'),
  ...all('user.add', 'user.grant', 'user.read'),
];

const MACHINE = all('workflow', 'user.find', 'user.read', 'platform.read', 'region.read');

/** Hands of the platform: workflows and the calendar, the relay, the first start. */
export const MACHINES = ['system', 'feed', 'founder'] as const;
export type Machine = (typeof MACHINES)[number];

/**
 * Who may do what: role × action × fields. Where is said by the scope for which a role is given;
 * what is not listed is denied.
 */
export const POLICY: Readonly<Record<Role | Machine, readonly Line[]>> = {
  anggota: [...TOTALS, ...own('member.read', 'simpanan.read')],
  kasir: CASHIER,
  bendahara: TREASURER,
  sekretaris: SECRETARY,
  ketua: CHAIR,
  pengurus: [...TREASURER, ...SECRETARY, ...CHAIR, ...OPERATOR, ...WHOLE_REGENCY],
  manajer: [...READING, ...all('simpanan.deposit', 'simpanan.withdraw')],
  pengawas: [...READING, ...WHOLE_REGENCY],
  kepala_desa: FIGURES,
  pendamping: FIGURES,
  mitra: TOTALS,
  petugas: [...FIGURES, ...WHOLE_REGENCY],
  auditor: [...READING, ...WHOLE_REGENCY],
  operator: OPERATOR,
  system: MACHINE,
  feed: all('feed.read'),
  founder: [
    ...MACHINE,
    ...all('cooperative.register', 'cooperative.read'),
    ...all('region-totals.read', 'user.add'),
  ],
};

const OFFICES: readonly Role[] = ['ketua', 'sekretaris', 'bendahara', 'pengawas', 'kepala_desa'];

const STAFF: readonly Role[] = ['kasir', 'manajer', 'anggota', 'pendamping'];
const OUTSIDE: readonly Role[] = ['pendamping', 'mitra', 'petugas', 'auditor'];

/** Which roles the holder of one gives, and takes again, within his own scope. */
export const GIVES: Readonly<Partial<Record<string, readonly Role[]>>> = {
  ketua: STAFF,
  pengurus: [...OFFICES, ...STAFF, ...OUTSIDE, 'pengurus', 'operator'],
  operator: [...OFFICES, ...OUTSIDE, 'pengurus', 'operator'],
};
