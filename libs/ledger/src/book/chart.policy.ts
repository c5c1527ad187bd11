import type { BookName } from '#lumbung/contracts';

export type AccountKind =
  | 'ASET'
  | 'ASET_KONTRA'
  | 'LIABILITAS'
  | 'EKUITAS'
  | 'PENDAPATAN'
  | 'PENDAPATAN_KONTRA'
  | 'BEBAN_POKOK'
  | 'BEBAN'
  | 'PAJAK';

/** `normal` is the side that a balance is expected on; `line` where statements show it. */
export type Account = {
  code: string;
  name: string;
  kind: AccountKind;
  normal: 'D' | 'K';
  line: string;
};

type Row = readonly [string, string, AccountKind, 'D' | 'K', string];

// No law numbers the accounts; these four digits are the platform's own (ADR 0001).
const CHART: readonly Row[] = [
  ['1101', 'Kas', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1102', 'Kas Kecil', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1103', 'Kas Kasir Gerai (POS)', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1104', 'Kas dalam Perjalanan', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1111', 'Bank Operasional', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1112', 'Bank - Rekening Pembayaran Pinjaman', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1113', 'Saldo Deposit Agen/PPOB', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1121', 'Simpanan Berjangka di Bank', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1201', 'Piutang Pinjaman Anggota', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1202', 'Piutang Pinjaman Koperasi Lain', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1203', 'Piutang Bunga Pinjaman (akru)', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1209', 'Penyisihan Kerugian Piutang Pinjaman', 'ASET_KONTRA', 'K', 'posisi.aset_lancar'],
  ['1211', 'Piutang Usaha Anggota', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1212', 'Piutang Usaha Non-Anggota/Mitra', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1213', 'Piutang QRIS & Pembayaran Elektronik', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1219', 'Penyisihan Piutang Usaha', 'ASET_KONTRA', 'K', 'posisi.aset_lancar'],
  ['1301', 'Persediaan Sembako', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1302', 'Persediaan Pupuk & Saprodi', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1303', 'Persediaan LPG', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1304', 'Persediaan Obat', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1305', 'Persediaan Hasil Tani', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1309', 'Penyisihan Penurunan Nilai Persediaan', 'ASET_KONTRA', 'K', 'posisi.aset_lancar'],
  ['1401', 'Uang Muka Pembelian', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1402', 'Beban Dibayar di Muka', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1403', 'Pajak Dibayar di Muka', 'ASET', 'D', 'posisi.aset_lancar'],
  ['1501', 'Tanah', 'ASET', 'D', 'posisi.aset_tetap'],
  ['1502', 'Bangunan & Gudang', 'ASET', 'D', 'posisi.aset_tetap'],
  ['1503', 'Kendaraan', 'ASET', 'D', 'posisi.aset_tetap'],
  ['1504', 'Peralatan & Cold Storage', 'ASET', 'D', 'posisi.aset_tetap'],
  ['1505', 'Aset dalam Penyelesaian', 'ASET', 'D', 'posisi.aset_tetap'],
  ['1509', 'Akumulasi Penyusutan', 'ASET_KONTRA', 'K', 'posisi.aset_tetap'],
  ['1601', 'Penyertaan pada Koperasi Sekunder', 'ASET', 'D', 'posisi.aset_lain'],
  ['1602', 'Aset Takberwujud', 'ASET', 'D', 'posisi.aset_lain'],
  ['1609', 'Akumulasi Amortisasi', 'ASET_KONTRA', 'K', 'posisi.aset_lain'],
  ['1901', 'Rekening Antar Unit (RAK)', 'ASET', 'D', 'posisi.antar_unit'],
  ['1909', 'Rekening Antara/Suspense', 'ASET', 'D', 'posisi.aset_lancar'],
  ['2101', 'Simpanan Sukarela Anggota', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2102', 'Simpanan Berjangka Anggota', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2103', 'Utang Bunga Simpanan', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2111', 'Utang Usaha Pemasok', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2112', 'Utang Konsinyasi', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2113', 'Uang Muka Penjualan', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2121', 'Utang Pajak', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2131', 'Beban Masih Harus Dibayar', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2132', 'Utang Bunga Pinjaman Bank', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2141', 'Utang SHU Bagian Anggota', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2142', 'Dana Pengurus Pengawas & Karyawan', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2143', 'Dana Pendidikan', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2144', 'Dana Sosial', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2145', 'Utang Imbal Jasa Desa', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2146', 'Utang Simpanan Anggota Keluar', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2151', 'Titipan Dana Pihak Ketiga', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2201', 'Utang Bank Jangka Panjang', 'LIABILITAS', 'K', 'posisi.liabilitas_panjang'],
  ['2202', 'Bagian Lancar Utang Bank', 'LIABILITAS', 'K', 'posisi.liabilitas_pendek'],
  ['2203', 'Utang LPDB', 'LIABILITAS', 'K', 'posisi.liabilitas_panjang'],
  ['2204', 'Utang PUMK/TJSL', 'LIABILITAS', 'K', 'posisi.liabilitas_panjang'],
  ['2205', 'Utang Penempatan Dana Desa/DAU-DBH', 'LIABILITAS', 'K', 'posisi.liabilitas_panjang'],
  ['3101', 'Simpanan Pokok', 'EKUITAS', 'K', 'posisi.ekuitas'],
  ['3102', 'Simpanan Wajib', 'EKUITAS', 'K', 'posisi.ekuitas'],
  ['3103', 'Modal Penyertaan', 'EKUITAS', 'K', 'posisi.ekuitas'],
  ['3104', 'Hibah', 'EKUITAS', 'K', 'posisi.ekuitas'],
  ['3201', 'Cadangan', 'EKUITAS', 'K', 'posisi.ekuitas'],
  ['3301', 'SHU Tahun Berjalan', 'EKUITAS', 'K', 'posisi.ekuitas'],
  ['3302', 'SHU Belum Dibagi', 'EKUITAS', 'K', 'posisi.ekuitas'],
  ['3399', 'Ikhtisar SHU', 'EKUITAS', 'K', 'posisi.ekuitas'],
  ['4101', 'Partisipasi Bruto Anggota - Penjualan', 'PENDAPATAN', 'K', 'phu.partisipasi_bruto'],
  ['4102', 'Pendapatan Bunga/Jasa Pinjaman Anggota', 'PENDAPATAN', 'K', 'phu.partisipasi_bruto'],
  ['4103', 'Provisi & Administrasi Pinjaman', 'PENDAPATAN', 'K', 'phu.partisipasi_bruto'],
  ['4104', 'Denda Pinjaman', 'PENDAPATAN', 'K', 'phu.partisipasi_bruto'],
  ['4105', 'Partisipasi Bruto Anggota - Jasa', 'PENDAPATAN', 'K', 'phu.partisipasi_bruto'],
  ['4201', 'Penjualan Non-Anggota', 'PENDAPATAN', 'K', 'phu.pendapatan_non_anggota'],
  ['4202', 'Pendapatan Jasa Non-Anggota', 'PENDAPATAN', 'K', 'phu.pendapatan_non_anggota'],
  ['4203', 'Fee Kemitraan/Keagenan', 'PENDAPATAN', 'K', 'phu.pendapatan_non_anggota'],
  ['4301', 'Pendapatan Lain-lain', 'PENDAPATAN', 'K', 'phu.pendapatan_lain'],
  ['4302', 'Pemulihan Pinjaman Hapus Buku', 'PENDAPATAN', 'K', 'phu.pendapatan_lain'],
  ['4303', 'Pendapatan Bunga Bank', 'PENDAPATAN', 'K', 'phu.pendapatan_lain'],
  ['4901', 'Retur & Potongan Penjualan Anggota', 'PENDAPATAN_KONTRA', 'D', 'phu.partisipasi_bruto'],
  [
    '4902',
    'Retur & Potongan Penjualan Non-Anggota',
    'PENDAPATAN_KONTRA',
    'D',
    'phu.pendapatan_non_anggota',
  ],
  ['5101', 'Beban Pokok Penjualan Anggota', 'BEBAN_POKOK', 'D', 'phu.beban_pokok_anggota'],
  ['5102', 'Beban Pokok Penjualan Non-Anggota', 'BEBAN_POKOK', 'D', 'phu.beban_pokok_non_anggota'],
  ['5103', 'Beban Bunga Simpanan', 'BEBAN_POKOK', 'D', 'phu.beban_pokok_anggota'],
  ['5104', 'Beban Bunga Pinjaman Dana USP', 'BEBAN_POKOK', 'D', 'phu.beban_pokok_anggota'],
  ['5105', 'Susut & Kerusakan Persediaan', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6101', 'Beban Gaji Pengelola', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6102', 'Honor Pengurus & Pengawas', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6103', 'Sewa Listrik & Internet', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6104', 'Transport & Logistik', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6105', 'ATK & Administrasi', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6106', 'Beban Penyusutan', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6107', 'Beban Penyisihan Pinjaman', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6108', 'Beban Penyisihan Piutang & Persediaan', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6109', 'Beban Administrasi Bank', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6110', 'Selisih Kas', 'BEBAN', 'D', 'phu.beban_usaha'],
  ['6201', 'Beban Perkoperasian - RAT', 'BEBAN', 'D', 'phu.beban_perkoperasian'],
  ['6202', 'Beban Perkoperasian - Pendidikan', 'BEBAN', 'D', 'phu.beban_perkoperasian'],
  ['6301', 'Beban Bunga Pinjaman Usaha', 'BEBAN', 'D', 'phu.beban_lain'],
  ['7101', 'Beban Pajak Penghasilan', 'PAJAK', 'D', 'phu.pajak'],
];

export const ACCOUNTS: ReadonlyMap<string, Account> = new Map(
  CHART.map(([code, name, kind, normal, line]) => [code, { code, name, kind, normal, line }]),
);

export const CASH = { KAS: '1101', BANK: '1111' } as const;

/** What a kind of simpanan is posted to: pokok and wajib are equity (UU 25/1992 art. 41). */
export const CONTROL = { POKOK: '3101', WAJIB: '3102', SUKARELA: '2101' } as const;

/** Simpanan owed to somebody who left. */
export const OWED = '2146';
/** Between the two books; nets to zero over both. */
export const BETWEEN_BOOKS = '1901';
/** Opening balances wait here until the complete books bring it to zero. */
export const SUSPENSE = '1909';

/** Capital lives in one book, savings in the other. */
export const BOOK_OF = { POKOK: 'UMUM', WAJIB: 'UMUM', SUKARELA: 'USP' } as const satisfies Record<
  keyof typeof CONTROL,
  BookName
>;
