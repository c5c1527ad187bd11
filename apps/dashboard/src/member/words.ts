import type { MemberStatus } from './queries.js';

export const STATUS_NAMES: Record<MemberStatus, string> = {
  CALON: 'Calon',
  ANGGOTA: 'Anggota',
  MENGUNDURKAN_DIRI: 'Akan keluar',
  KELUAR: 'Keluar',
};

export const nameOf = (member: { name: string | null }): string =>
  member.name ?? '(nama sudah dihapus)';

const WARNINGS: Record<string, string> = {
  KTP_VILLAGE_DIFFERS: 'Desa pada KTP lain dari desa koperasi.',
};

/** A warning on a member's record, in a sentence. */
export const warningText = (code: string): string => WARNINGS[code] ?? `Peringatan: ${code}.`;

type Named = { number: number; name: string | null };

/** Whether what was typed is a member's number, or the beginning of a word of his name. */
export const matches = ({ number, name }: Named, typed: string): boolean => {
  const wanted = typed.trim().toLowerCase();
  if (/^\d+$/.test(wanted)) return String(number).startsWith(wanted);
  return ` ${nameOf({ name })}`.toLowerCase().includes(` ${wanted}`);
};
