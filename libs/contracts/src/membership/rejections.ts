import { type Ensure, ensureWith } from '#lumbung/kernel';

export const membershipRejections = {
  VILLAGE_UNKNOWN: 'Kode desa ini tidak ada dalam daftar wilayah.',
  VILLAGE_OUTSIDE_REGENCY: 'Desa ini bukan di kabupaten yang dilayani di sini.',
  COOPERATIVE_ALREADY_REGISTERED: 'Koperasi desa ini sudah terdaftar.',
  COOPERATIVE_UNKNOWN: 'Koperasi ini belum terdaftar.',
  ALREADY_MEMBER_HERE: ({ number }: { number: number }) =>
    `NIK ini sudah menjadi anggota koperasi ini, nomor ${number}.`,
  MEMBER_UNKNOWN: 'Anggota ini tidak ada di koperasi ini.',
  MEMBER_ALREADY_RESIGNED: 'Anggota ini sudah mengundurkan diri.',
  JOINED_IN_FUTURE: 'Tanggal masuk tidak boleh di masa depan.',
  BORN_IN_FUTURE: 'Tanggal lahir tidak boleh di masa depan.',
  RESIGNED_BEFORE_JOINING: 'Tanggal keluar tidak boleh sebelum tanggal masuk.',
} as const;

export const ensureMembership: Ensure<typeof membershipRejections> =
  ensureWith(membershipRejections);
