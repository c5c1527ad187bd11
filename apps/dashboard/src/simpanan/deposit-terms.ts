import type { Cooperative, SimpananPolicy } from '../cooperative/queries.js';
import { inRupiah } from '../format/rupiah.js';
import type { Member } from '../member/queries.js';
import { pokokPolicyOf, policyIn } from './policy.js';
import type { SimpananKind } from './queries.js';

type Payer = Pick<Member, 'status' | 'joinedOn'> & {
  simpanan: { pokok: number; unpaidMonths: string[] };
};

/** What somebody most likely comes to pay: a candidate his pokok, a member his wajib. */
export const firstKind = ({ status }: Pick<Member, 'status'>): SimpananKind =>
  status === 'CALON' ? 'POKOK' : 'WAJIB';

/**
 * What the policy asks for, in rupiah: the rest of the pokok, or the wajib of the month.
 * Undefined where it asks for nothing.
 */
export const suggestedAmount = (
  policies: readonly SimpananPolicy[],
  member: Payer,
  paid: { kind: SimpananKind; month: string | undefined },
): number | undefined => {
  if (paid.kind === 'SUKARELA') return;
  if (paid.kind === 'WAJIB') {
    return paid.month ? policyIn(policies, paid.month)?.wajib || undefined : undefined;
  }
  const open = (pokokPolicyOf(policies, member)?.pokok ?? 0) - member.simpanan.pokok;
  return open > 0 ? open : undefined;
};

/** A sentence about what paying this kind means for this member now. */
export const hintFor = (kind: SimpananKind, member: Payer, cooperative: Cooperative): string => {
  const { simpananPolicies, books } = cooperative;
  if (kind === 'SUKARELA') {
    if (!books.some(({ uspOpen }) => uspOpen)) return 'Unit simpan pinjam belum dibuka.';
    return member.status === 'CALON' ? 'Calon anggota belum dapat menabung sukarela.' : '';
  }
  if (simpananPolicies.length === 0) return 'Besar simpanan belum ditetapkan di koperasi ini.';
  if (kind === 'WAJIB') return '';
  return `Sudah dibayar ${inRupiah(member.simpanan.pokok)}.`;
};
