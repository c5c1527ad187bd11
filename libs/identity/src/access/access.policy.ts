import type { Role } from '#lumbung/contracts';

const READING = [
  'platform.read',
  'region.read',
  'cooperative.read',
  'member.read',
  'simpanan.read',
  'journal.read',
  'totals.read',
  'user.find',
  'audit.read',
  'feed.read',
] as const;

const CASHIER = [...READING, 'simpanan.deposit', 'simpanan.withdraw', 'member.admit'] as const;

const PENGURUS = [
  ...CASHIER,
  'member.resign',
  'simpanan.set-policy',
  'simpanan.enter-opening',
  'book.close-month',
  'book.open-usp',
  'cooperative.register',
  'user.add',
  'platform.rebuild',
  'platform.resume',
] as const;

const MACHINE = ['workflow', 'user.find', 'platform.read', 'region.read'] as const;

/** `system` is the platform's own hand: workflows, the calendar, the first start. */
const HELD: Record<Role | 'system' | 'feed' | 'founder', readonly string[]> = {
  pengurus: PENGURUS,
  kasir: CASHIER,
  pengawas: READING,
  petugas: READING,
  auditor: READING,
  system: MACHINE,
  feed: ['feed.read'],
  founder: [...MACHINE, 'cooperative.register', 'cooperative.read', 'totals.read', 'user.add'],
};

const ALLOWED = new Map(Object.entries(HELD));

/** What a role may do; nothing for one that is not listed. */
export const permissionsOf = (role: string): readonly string[] => ALLOWED.get(role) ?? [];

/** Whether a role may do what a permission names; what is not listed is denied. */
export const isAllowed = (role: string, permission: string): boolean =>
  permissionsOf(role).includes(permission);
