import {
  type Ensure,
  ensureWith,
  inRupiah,
  type Month,
  type PlainDate,
  type Rupiah,
} from '#lumbung/kernel';

export const ledgerRejections = {
  NO_SUCH_MEMBER: 'Anggota ini belum punya rekening simpanan di koperasi ini.',
  MEMBER_LEAVING: 'Anggota ini sudah keluar; simpanannya sudah diselesaikan.',
  MEMBER_STILL_CALON: 'Belum menjadi anggota di koperasi ini: simpanan pokok belum lunas.',
  MEMBER_STILL_ACTIVE: 'Simpanan pokok dan wajib tidak dapat ditarik selama masih anggota.',
  TERMS_NOT_SET: 'Besar simpanan pokok dan wajib belum ditetapkan untuk bulan itu.',
  TERMS_ALREADY_IN_USE: 'Ketetapan simpanan hanya dapat diubah untuk bulan yang akan datang.',
  POKOK_ALREADY_PAID: 'Simpanan pokok anggota ini sudah lunas.',
  AMOUNT_IS_NOT_THE_POKOK: ({ open }: { open: Rupiah }) =>
    `Setoran simpanan pokok harus ${inRupiah(open)}.`,
  MONTH_MISSING: 'Simpanan wajib memerlukan bulan yang dibayar.',
  MONTH_NOT_FOR_THIS_KIND: 'Bulan hanya diisi untuk simpanan wajib.',
  DATE_BEFORE_MEMBERSHIP: 'Tanggal ini sebelum menjadi anggota. Periksa tahunnya.',
  DATE_BEFORE_LAST_MOVE: ({ lastOn }: { lastOn: PlainDate }) =>
    `Uang keluar tidak boleh bertanggal sebelum gerakan terakhir rekening ini, ${lastOn}.`,
  MONTH_BEFORE_MEMBERSHIP: 'Bulan ini sebelum menjadi anggota.',
  MONTH_TOO_FAR_AHEAD: 'Simpanan wajib dapat dibayar paling jauh 12 bulan ke depan.',
  MONTH_ALREADY_PAID: ({ month }: { month: Month; member: string }) =>
    `Simpanan wajib bulan ${month} sudah dibayar.`,
  AMOUNT_IS_NOT_THE_MONTHLY_DUE: ({ due }: { due: Rupiah }) =>
    `Simpanan wajib bulan ini ${inRupiah(due)}, tidak kurang dan tidak lebih.`,
  NO_MONTHLY_DUE: 'Koperasi ini tidak memungut simpanan wajib untuk bulan ini.',
  MEMBER_TWICE_IN_LIST: 'Anggota yang sama tercantum dua kali.',
  AMOUNT_NOT_POSITIVE: 'Jumlah harus lebih dari nol.',
  AMOUNT_TOO_LARGE: 'Saldo akun menjadi terlalu besar: paling banyak Rp1.000.000.000.000.',
  BALANCE_TOO_LOW: ({ balance }: { balance: Rupiah }) =>
    `Saldo tidak cukup: tersedia ${inRupiah(balance)}.`,
  USP_NOT_OPEN: 'Unit simpan pinjam belum dibuka: izin usahanya belum dicatat.',
  USP_ALREADY_OPEN: 'Unit simpan pinjam sudah dibuka.',
  WRONG_BOOK: 'Perintah ini bukan untuk buku ini.',
  DATE_IN_FUTURE: 'Tanggal tidak boleh di masa depan.',
  MONTH_CLOSED: ({ month }: { month: Month }) =>
    `Buku bulan ${month} sudah ditutup. Catat koreksi di bulan yang masih terbuka.`,
  MONTH_NOT_OVER: 'Bulan ini belum selesai, jadi belum dapat ditutup.',
  MONTH_NOT_NEXT: ({ next }: { next: Month }) =>
    `Bulan ditutup berurutan: tutup dahulu bulan ${next}.`,
  NOTHING_TO_CLOSE: 'Buku ini belum punya jurnal, jadi belum ada bulan yang ditutup.',
  JOURNAL_UNBALANCED: ({ debit, credit }: { debit: Rupiah; credit: Rupiah }) =>
    `Jurnal tidak seimbang: debit ${inRupiah(debit)}, kredit ${inRupiah(credit)}.`,
  ACCOUNT_UNKNOWN: ({ account }: { account: string }) => `Akun ${account} tidak ada di bagan akun.`,
  OPENING_ALREADY_ENTERED: 'Saldo awal simpanan anggota ini sudah dicatat.',
  NOTHING_OWED: 'Tidak ada simpanan yang harus dibayarkan kepada anggota ini.',
} as const;

export const ensureLedger: Ensure<typeof ledgerRejections> = ensureWith(ledgerRejections);
