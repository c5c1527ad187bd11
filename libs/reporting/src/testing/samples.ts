import {
  type BookName,
  CandidateAdmitted,
  CooperativeRegistered,
  JournalRecorded,
  MembershipClosed,
  MembershipConfirmed,
  SimpananChanged,
} from '#lumbung/contracts';
import { type CooperativeCode, date, type MemberId, rupiah, uuidOf } from '#lumbung/kernel';

export const PARE = '35.06.17.1009' as CooperativeCode;
export const GEDANGSEWU = '35.06.17.2010' as CooperativeCode;
/** In another district of the same regency. */
export const BULU = '35.06.01.2001' as CooperativeCode;

const DISTRICTS: Record<string, string> = { '35.06.17': 'Pare', '35.06.01': 'Semen' };
const VILLAGES: Record<string, string> = {
  [PARE]: 'Pare',
  [GEDANGSEWU]: 'Gedangsewu',
  [BULU]: 'Bulu',
};

const on = date('2026-03-02');
const member = uuidOf('test', 'siti') as MemberId;

export const registered = (cooperative = PARE, village = VILLAGES[cooperative] ?? '') =>
  CooperativeRegistered({
    ...{ cooperative, village, name: `Koperasi Desa Merah Putih ${village}` },
    district: DISTRICTS[cooperative.slice(0, 8)] ?? '',
    ...{ regency: 'Kabupaten Kediri', province: 'Jawa Timur' },
  });

export const candidate = (cooperative = PARE) =>
  CandidateAdmitted({ cooperative, member, number: 1, joinedOn: on });

export const confirmed = (cooperative = PARE) => MembershipConfirmed({ cooperative, member, on });

export const left = (wasMember: boolean, cooperative = PARE) =>
  MembershipClosed({ cooperative, member, wasMember, on });

export const journal = (
  day: string,
  { book = 'UMUM', first = false }: { book?: BookName; first?: boolean } = {},
  cooperative = PARE,
) => JournalRecorded({ cooperative, book, date: date(day), first });

type Changes = { pokok?: number; wajib?: number; sukarela?: number };

export const changed = ({ pokok = 0, wajib = 0, sukarela = 0 }: Changes, cooperative = PARE) => {
  const amounts = { pokok: rupiah(pokok), wajib: rupiah(wajib), sukarela: rupiah(sukarela) };
  return SimpananChanged({ cooperative, ...amounts, date: on });
};
