import type { PlainDate } from '../scalars.js';
import type { Instant } from '../scalars.js';
import type { Month } from '../scalars.js';
import type { Rupiah } from '../scalars.js';
import type { VillageCode } from '../scalars.js';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Tanggal `TTTT-BB-HH`. / A day, `2026-01-31`. */
  Date: { input: PlainDate; output: PlainDate; }
  /** Waktu UTC `2026-01-31T02:00:00.000Z`. / An instant in UTC. */
  Instant: { input: Instant; output: Instant; }
  /** Bulan buku `TTTT-BB`. / A month of the books. */
  Month: { input: Month; output: Month; }
  /** Rupiah bulat (bilangan bulat aman, bukan 32 bit). / Whole rupiah, a safe integer. */
  Rupiah: { input: Rupiah; output: Rupiah; }
  /** Kode Kemendagri sebuah desa atau kelurahan, `35.06.17.1009`. / The code of a village. */
  VillageCode: { input: VillageCode; output: VillageCode; }
};

/** Akun dalam bagan akun. */
export type Account = {
  /** Kode 4 angka. */
  readonly code: Scalars['String']['output'];
  /** Nama. */
  readonly name: Scalars['String']['output'];
};

/** Pengguna baru dan peran pertamanya. */
export type AddUserInput = {
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Hari pertama; hari ini bila kosong. */
  readonly from?: InputMaybe<Scalars['Date']['input']>;
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Anggota yang mana, untuk peran anggota. */
  readonly member?: InputMaybe<Scalars['ID']['input']>;
  /** Nama akun. */
  readonly name: Scalars['String']['input'];
  /** Peran. */
  readonly role: Role;
  /** Kode wilayah, atau program. */
  readonly scope: Scalars['String']['input'];
  /** Hari terakhir. */
  readonly until?: InputMaybe<Scalars['Date']['input']>;
};

/** Data calon anggota dari KTP-nya. */
export type AdmitMemberInput = {
  /** Alamat. */
  readonly address: Scalars['String']['input'];
  /** Tanggal lahir. */
  readonly birthDate: Scalars['Date']['input'];
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Tanggal masuk. */
  readonly joinedOn: Scalars['Date']['input'];
  /** Kode desa dalam KTP. */
  readonly ktpVillage: Scalars['VillageCode']['input'];
  /** Nama menurut KTP. */
  readonly name: Scalars['String']['input'];
  /** NIK, 16 angka. */
  readonly nik: Scalars['String']['input'];
  /** Telepon. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** Jenis kelamin. */
  readonly sex: Sex;
};

/** Calon yang baru diterima. */
export type AdmitMemberResult = Answered & {
  /** Anggotanya; null bila tercatat tetapi belum dapat ditampilkan. */
  readonly member?: Maybe<Member>;
  /** Posisi dalam log. */
  readonly position: Scalars['String']['output'];
};

/** Jawaban setiap perintah. / What every command answers. */
export type Answered = {
  /** Posisi dalam log; kirim kembali sebagai X-Lumbung-After untuk membaca tulisan sendiri. */
  readonly position: Scalars['String']['output'];
};

/** Keadaan sebuah buku. */
export type Book = {
  /** Buku. */
  readonly book: BookName;
  /** Bulan terakhir yang sudah ditutup. */
  readonly closedThrough?: Maybe<Scalars['Month']['output']>;
  /** Jumlah jurnal. */
  readonly journalCount: Scalars['Int']['output'];
  /** Tanggal jurnal terakhir. */
  readonly lastEntryOn?: Maybe<Scalars['Date']['output']>;
  /** Benar bila unit simpan pinjam sudah dibuka (buku USP). */
  readonly uspOpen: Scalars['Boolean']['output'];
};

/** Buku: UMUM (modal dan unit usaha) atau USP (simpan pinjam). */
export type BookName =
  /** Modal dan unit usaha. */
  | 'UMUM'
  /** Unit simpan pinjam. */
  | 'USP';

/** Buku yang baru dibuka, atau yang bulannya baru ditutup. */
export type BookResult = Answered & {
  /** Bukunya sesudah itu; null bila tercatat tetapi belum dapat ditampilkan. */
  readonly book?: Maybe<Book>;
  /** Posisi dalam log. */
  readonly position: Scalars['String']['output'];
};

/** Cara bayar. */
export type Channel =
  /** Rekening bank koperasi. */
  | 'BANK'
  /** Tunai. */
  | 'KAS';

/** Penutupan bulan. */
export type CloseMonthInput = {
  /** Buku. */
  readonly book: BookName;
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Bulan yang ditutup. */
  readonly month: Scalars['Month']['input'];
};

/** Pungutan simpanan wajib. */
export type CollectWajibInput = {
  /** Cara bayar. */
  readonly channel: Channel;
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Tanggal terima. */
  readonly date: Scalars['Date']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Anggota yang membayar, paling banyak 500. */
  readonly members: ReadonlyArray<Scalars['ID']['input']>;
  /** Bulan yang dibayar. */
  readonly month: Scalars['Month']['input'];
};

/** Hasil pungutan wajib. */
export type CollectionResult = Answered & {
  /** Posisi dalam log. */
  readonly position: Scalars['String']['output'];
  /** Jumlah seluruhnya. */
  readonly total: Scalars['Rupiah']['output'];
  /** Nomor bukti, satu per anggota, dalam urutan permintaan. */
  readonly vouchers: ReadonlyArray<Scalars['String']['output']>;
};

/** Koperasi Desa/Kelurahan Merah Putih. / A village cooperative. */
export type Cooperative = {
  /** Kedua buku dan keadaannya. */
  readonly books: ReadonlyArray<Book>;
  /** Jumlah calon anggota. */
  readonly candidateCount: Scalars['Int']['output'];
  /** Kode Kemendagri desanya; kunci koperasi. */
  readonly code: Scalars['VillageCode']['output'];
  /** Kecamatan. */
  readonly district: RegionName;
  /** Jurnal satu buku, yang terbaru dahulu. */
  readonly journal: JournalConnection;
  /** Tanggal jurnal terakhir; null bila belum mulai. */
  readonly lastEntryOn?: Maybe<Scalars['Date']['output']>;
  /** Jumlah anggota (simpanan pokok lunas, belum keluar). */
  readonly memberCount: Scalars['Int']['output'];
  /** Anggota dan calon menurut nomor, juga yang sudah keluar. */
  readonly members: MemberConnection;
  /** Nama koperasi. */
  readonly name: Scalars['String']['output'];
  /** Ketetapan simpanan pokok dan wajib, menurut bulan mulai berlakunya. */
  readonly simpananPolicies: ReadonlyArray<SimpananPolicy>;
  /** Jumlah seluruh simpanan anggota. */
  readonly simpananTotal: Scalars['Rupiah']['output'];
  /** Benar bila sudah ada jurnal. */
  readonly started: Scalars['Boolean']['output'];
  /** Nama desa atau kelurahan. */
  readonly village: Scalars['String']['output'];
};


/** Koperasi Desa/Kelurahan Merah Putih. / A village cooperative. */
export type CooperativeJournalArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  book: BookName;
  first?: Scalars['Int']['input'];
};


/** Koperasi Desa/Kelurahan Merah Putih. / A village cooperative. */
export type CooperativeMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** Satu halaman koperasi. */
export type CooperativeConnection = {
  /** Koperasi di halaman ini. */
  readonly nodes: ReadonlyArray<Cooperative>;
  /** Kelanjutan. */
  readonly pageInfo: PageInfo;
  /** Jumlah seluruhnya, juga di luar halaman ini. */
  readonly totalCount: Scalars['Int']['output'];
};

/** Urutan daftar koperasi. */
export type CooperativeSort =
  /** Kode desa. */
  | 'CODE'
  /** Tanggal jurnal terakhir. */
  | 'LAST_ENTRY'
  /** Jumlah anggota. */
  | 'MEMBERS'
  /** Nama desa. */
  | 'NAME'
  /** Jumlah simpanan. */
  | 'SIMPANAN';

/** Setoran simpanan. */
export type DepositSimpananInput = {
  /** Jumlah. */
  readonly amount: Scalars['Rupiah']['input'];
  /** Cara bayar. */
  readonly channel: Channel;
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Tanggal terima. */
  readonly date: Scalars['Date']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Jenis simpanan. */
  readonly kind: SimpananKind;
  /** Anggota. */
  readonly member: Scalars['ID']['input'];
  /** Bulan yang dibayar, hanya untuk WAJIB. */
  readonly month?: InputMaybe<Scalars['Month']['input']>;
};

/** Akhir sebuah peran. */
export type EndRoleInput = {
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Nama akun. */
  readonly name: Scalars['String']['input'];
  /** Hari terakhir. */
  readonly on: Scalars['Date']['input'];
  /** Peran. */
  readonly role: Role;
  /** Kode wilayah, atau program. */
  readonly scope: Scalars['String']['input'];
};

/** Peran baru bagi seorang pengguna. */
export type GrantRoleInput = {
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Hari pertama; hari ini bila kosong. */
  readonly from?: InputMaybe<Scalars['Date']['input']>;
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Anggota yang mana, untuk peran anggota. */
  readonly member?: InputMaybe<Scalars['ID']['input']>;
  /** Nama akun. */
  readonly name: Scalars['String']['input'];
  /** Peran. */
  readonly role: Role;
  /** Kode wilayah, atau program. */
  readonly scope: Scalars['String']['input'];
  /** Hari terakhir. */
  readonly until?: InputMaybe<Scalars['Date']['input']>;
};

/** Satu jurnal yang seimbang. / A balanced journal. */
export type Journal = {
  /** Siapa yang mencatat. */
  readonly actor: Scalars['String']['output'];
  /** Tanggal kejadian. */
  readonly date: Scalars['Date']['output'];
  /** Uraian. */
  readonly description: Scalars['String']['output'];
  /** Baris debit dan kredit. */
  readonly lines: ReadonlyArray<JournalLine>;
  /** Nomor bukti: buku/tahun/urutan, tanpa jeda. */
  readonly number: Scalars['String']['output'];
  /** Kapan dicatat. */
  readonly recordedAt: Scalars['Instant']['output'];
};

/** Satu halaman jurnal. */
export type JournalConnection = {
  /** Jurnal di halaman ini. */
  readonly nodes: ReadonlyArray<Journal>;
  /** Kelanjutan. */
  readonly pageInfo: PageInfo;
  /** Jumlah seluruhnya. */
  readonly totalCount: Scalars['Int']['output'];
};

/** Satu baris jurnal. */
export type JournalLine = {
  /** Akun. */
  readonly account: Account;
  /** Kredit, nol bila debit. */
  readonly credit: Scalars['Rupiah']['output'];
  /** Debit, nol bila kredit. */
  readonly debit: Scalars['Rupiah']['output'];
};

/** Anggota atau calon anggota. */
export type Member = {
  /** Tanggal keluar, bila ada. */
  readonly endsOn?: Maybe<Scalars['Date']['output']>;
  /** Pengenal anggota. */
  readonly id: Scalars['ID']['output'];
  /** Tanggal masuk. */
  readonly joinedOn: Scalars['Date']['output'];
  /** Nama; null bila orangnya sudah dilupakan. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Nomor anggota, berurutan tanpa jeda dalam satu koperasi. */
  readonly number: Scalars['Int']['output'];
  /** Jenis kelamin. */
  readonly sex: Sex;
  /** Simpanan anggota ini. */
  readonly simpanan: Simpanan;
  /** Keadaan. */
  readonly status: MemberStatus;
  /** Peringatan yang tetap tercatat, misalnya KTP_VILLAGE_DIFFERS. */
  readonly warnings: ReadonlyArray<Scalars['String']['output']>;
};

/** Satu halaman anggota. */
export type MemberConnection = {
  /** Anggota di halaman ini. */
  readonly nodes: ReadonlyArray<Member>;
  /** Kelanjutan. */
  readonly pageInfo: PageInfo;
  /** Jumlah seluruhnya, juga di luar halaman ini. */
  readonly totalCount: Scalars['Int']['output'];
};

/** Keadaan keanggotaan. */
export type MemberStatus =
  /** Anggota penuh. */
  | 'ANGGOTA'
  /** Simpanan pokok belum lunas. */
  | 'CALON'
  /** Sudah keluar. */
  | 'KELUAR'
  /** Sudah mengundurkan diri, belum berlaku. */
  | 'MENGUNDURKAN_DIRI';

export type Mutation = {
  /** Menambah pengguna dengan peran pertamanya. / A new user, with a first role. */
  readonly addUser: UserPayload;
  /** Menerima calon anggota; menjadi anggota setelah simpanan pokok lunas. */
  readonly admitMember: AdmitMemberResult;
  /** Menutup satu bulan satu buku; berurutan, dan hanya bulan yang sudah lewat. */
  readonly closeMonth: BookResult;
  /** Setoran simpanan wajib satu bulan dari banyak anggota: semua tercatat, atau tidak satu pun. */
  readonly collectWajib: CollectionResult;
  /** Setoran simpanan. `month` wajib diisi untuk WAJIB dan hanya untuk WAJIB. */
  readonly depositSimpanan: ReceiptResult;
  /** Mengakhiri peran. / Ends a role; it stays in the record. */
  readonly endRole: UserPayload;
  /** Memberi peran di suatu wilayah. / A role somewhere, from a day to a last day. */
  readonly grantRole: UserPayload;
  /** Membuka unit simpan pinjam dengan izin usahanya. */
  readonly openUsp: BookResult;
  /** Membayar simpanan kepada anggota yang sudah keluar. */
  readonly payResigned: ReceiptResult;
  /** Mendaftarkan koperasi sebuah desa; namanya mengikuti aturan penamaan. */
  readonly registerCooperative: RegisterCooperativeResult;
  /** Mencatat pengunduran diri; simpanan diselesaikan pada tanggal berlakunya. */
  readonly resignMember: ResignMemberResult;
  /** Menetapkan simpanan pokok dan wajib mulai suatu bulan (keputusan RAT). */
  readonly setSimpananPolicy: SetSimpananPolicyResult;
  /** Penarikan simpanan sukarela. */
  readonly withdrawSimpanan: ReceiptResult;
};


export type MutationAddUserArgs = {
  input: AddUserInput;
};


export type MutationAdmitMemberArgs = {
  input: AdmitMemberInput;
};


export type MutationCloseMonthArgs = {
  input: CloseMonthInput;
};


export type MutationCollectWajibArgs = {
  input: CollectWajibInput;
};


export type MutationDepositSimpananArgs = {
  input: DepositSimpananInput;
};


export type MutationEndRoleArgs = {
  input: EndRoleInput;
};


export type MutationGrantRoleArgs = {
  input: GrantRoleInput;
};


export type MutationOpenUspArgs = {
  input: OpenUspInput;
};


export type MutationPayResignedArgs = {
  input: PayResignedInput;
};


export type MutationRegisterCooperativeArgs = {
  input: RegisterCooperativeInput;
};


export type MutationResignMemberArgs = {
  input: ResignMemberInput;
};


export type MutationSetSimpananPolicyArgs = {
  input: SetSimpananPolicyInput;
};


export type MutationWithdrawSimpananArgs = {
  input: WithdrawSimpananInput;
};

/** Pembukaan unit simpan pinjam. */
export type OpenUspInput = {
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Nomor izin usaha simpan pinjam. */
  readonly licence: Scalars['String']['input'];
  /** Tanggal izin. */
  readonly licensedOn: Scalars['Date']['input'];
};

/** Penanda kelanjutan daftar. / Where a list goes on. */
export type PageInfo = {
  /** Diberikan sebagai `after` untuk halaman berikut. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Benar bila masih ada halaman berikut. */
  readonly hasNextPage: Scalars['Boolean']['output'];
};

/** Pembayaran simpanan anggota yang keluar. */
export type PayResignedInput = {
  /** Cara bayar. */
  readonly channel: Channel;
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Tanggal bayar. */
  readonly date: Scalars['Date']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Anggota. */
  readonly member: Scalars['ID']['input'];
};

/** Apa yang dilayani proses ini. / What this process serves. */
export type Platform = {
  /** Hari kerja sekarang di kabupaten. */
  readonly businessDate: Scalars['Date']['output'];
  /** Benar bila semua bacaan sudah mengikuti catatan terakhir. */
  readonly caughtUp: Scalars['Boolean']['output'];
  /** Benar bila isinya kehidupan contoh (DATA CONTOH). */
  readonly demo: Scalars['Boolean']['output'];
  /** Kode kabupaten, misalnya `35.06`. */
  readonly regency: Scalars['String']['output'];
  /** Nama kabupaten. */
  readonly regencyName: Scalars['String']['output'];
  /** Zona waktu IANA. */
  readonly zone: Scalars['String']['output'];
};

export type Query = {
  /** Satu koperasi menurut kode desanya; null bila belum terdaftar. */
  readonly cooperative?: Maybe<Cooperative>;
  /** Koperasi sebuah kabupaten: dicari menurut awal nama desa, disaring, diurutkan, berhalaman. */
  readonly cooperatives: CooperativeConnection;
  /** Pengguna permintaan ini (`X-Lumbung-User`). */
  readonly me: User;
  /** Keadaan proses ini. / What this process serves. */
  readonly platform: Platform;
  /** Angka sebuah kabupaten; null bila tidak ada koperasinya di sini. */
  readonly regency?: Maybe<Region>;
  /** Pengguna yang perannya boleh diketahui pemanggil. / The users whose roles the caller may know. */
  readonly users: ReadonlyArray<User>;
};


export type QueryCooperativeArgs = {
  code: Scalars['VillageCode']['input'];
};


export type QueryCooperativesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  descending?: InputMaybe<Scalars['Boolean']['input']>;
  district?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  regency: Scalars['String']['input'];
  search?: InputMaybe<Scalars['String']['input']>;
  sort?: InputMaybe<CooperativeSort>;
  started?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryRegencyArgs = {
  code: Scalars['String']['input'];
};

/** Bukti setoran atau penarikan. */
export type ReceiptResult = Answered & {
  /** Anggota dengan saldo sesudahnya; null bila tercatat tetapi belum dapat ditampilkan. */
  readonly member?: Maybe<Member>;
  /** Posisi dalam log. */
  readonly position: Scalars['String']['output'];
  /** Nomor bukti. */
  readonly voucher: Scalars['String']['output'];
};

/** Angka sebuah kabupaten atau kecamatan. */
export type Region = {
  /** Jumlah calon anggota. */
  readonly candidateCount: Scalars['Int']['output'];
  /** Kode Kemendagri. */
  readonly code: Scalars['String']['output'];
  /** Jumlah koperasi terdaftar. */
  readonly cooperativeCount: Scalars['Int']['output'];
  /** Kecamatan di dalamnya; kosong untuk sebuah kecamatan. */
  readonly districts: ReadonlyArray<Region>;
  /** Jumlah anggota. */
  readonly memberCount: Scalars['Int']['output'];
  /** Nama. */
  readonly name: Scalars['String']['output'];
  /** Simpanan seluruh anggota menurut jenis. */
  readonly simpanan: SimpananTotals;
  /** Jumlah seluruh simpanan. */
  readonly simpananTotal: Scalars['Rupiah']['output'];
  /** Koperasi yang sudah punya jurnal. */
  readonly startedCount: Scalars['Int']['output'];
};

/** Kode dan nama sebuah wilayah. */
export type RegionName = {
  /** Kode Kemendagri. */
  readonly code: Scalars['String']['output'];
  /** Nama. */
  readonly name: Scalars['String']['output'];
};

/** Pendaftaran koperasi. */
export type RegisterCooperativeInput = {
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Kode desa. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
};

/** Koperasi yang baru terdaftar. */
export type RegisterCooperativeResult = Answered & {
  /** Koperasinya; null bila tercatat tetapi belum dapat ditampilkan. */
  readonly cooperative?: Maybe<Cooperative>;
  /** Posisi dalam log. */
  readonly position: Scalars['String']['output'];
};

/** Pengunduran diri. */
export type ResignMemberInput = {
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Tanggal berlaku; boleh di masa depan. */
  readonly effectiveOn: Scalars['Date']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Anggota. */
  readonly member: Scalars['ID']['input'];
  /** Alasan. */
  readonly reason: ResignationReason;
};

/** Anggota yang mengundurkan diri. */
export type ResignMemberResult = Answered & {
  /** Anggotanya; null bila tercatat tetapi belum dapat ditampilkan. */
  readonly member?: Maybe<Member>;
  /** Posisi dalam log. */
  readonly position: Scalars['String']['output'];
};

/** Alasan keluar. */
export type ResignationReason =
  /** Diberhentikan Rapat Anggota. */
  | 'DIBERHENTIKAN'
  /** Meninggal dunia. */
  | 'MENINGGAL'
  /** Permintaan sendiri. */
  | 'PERMINTAAN'
  /** Pindah desa. */
  | 'PINDAH';

/** Peran: menentukan apa yang boleh dilakukan. / What its holder may do. */
export type Role =
  /** Anggota: membaca miliknya sendiri. */
  | 'anggota'
  /** Auditor: membaca. */
  | 'auditor'
  /** Bendahara. */
  | 'bendahara'
  /** Kasir: menerima dan membayar. */
  | 'kasir'
  /** Kepala desa: membaca tanpa data pribadi. */
  | 'kepala_desa'
  /** Ketua. */
  | 'ketua'
  /** Manajer unit. */
  | 'manajer'
  /** Petugas mitra. */
  | 'mitra'
  /** Operator: menjalankan sistem, tanpa melihat buku. */
  | 'operator'
  /** Pendamping usaha. */
  | 'pendamping'
  /** Pengawas: membaca. */
  | 'pengawas'
  /** Pengurus: seluruh pengurus dalam satu tangan. */
  | 'pengurus'
  /** Petugas kabupaten atau provinsi: membaca tanpa data pribadi. */
  | 'petugas'
  /** Sekretaris. */
  | 'sekretaris';

/** Peran di suatu wilayah. / A role somewhere. */
export type RoleGrant = {
  /** Hari pertama. */
  readonly from: Scalars['Date']['output'];
  /** Anggota yang mana, untuk peran anggota. */
  readonly member?: Maybe<Scalars['ID']['output']>;
  /** Peran. */
  readonly role: Role;
  /** Kode provinsi, kabupaten, kecamatan atau desa, atau program. */
  readonly scope: Scalars['String']['output'];
  /** Hari terakhir; kosong bila belum berakhir. */
  readonly until?: Maybe<Scalars['Date']['output']>;
};

/** Ketetapan simpanan baru. */
export type SetSimpananPolicyInput = {
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Mulai bulan. */
  readonly from: Scalars['Month']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Simpanan pokok per anggota. */
  readonly pokok: Scalars['Rupiah']['input'];
  /** Benar bila pokok boleh diangsur. */
  readonly pokokInParts: Scalars['Boolean']['input'];
  /** Simpanan wajib per bulan. */
  readonly wajib: Scalars['Rupiah']['input'];
};

/** Ketetapan yang baru dicatat. */
export type SetSimpananPolicyResult = Answered & {
  /** Ketetapannya. */
  readonly policy: SimpananPolicy;
  /** Posisi dalam log. */
  readonly position: Scalars['String']['output'];
};

/** Jenis kelamin menurut KTP. */
export type Sex =
  /** Laki-laki. */
  | 'L'
  /** Perempuan. */
  | 'P';

/** Saldo simpanan seorang anggota. */
export type Simpanan = {
  /** Yang masih harus dibayarkan kepada anggota yang keluar. */
  readonly owed: Scalars['Rupiah']['output'];
  /** Simpanan pokok. */
  readonly pokok: Scalars['Rupiah']['output'];
  /** Simpanan sukarela. */
  readonly sukarela: Scalars['Rupiah']['output'];
  /** Bulan wajib yang belum dibayar, yang terlama dahulu, paling banyak 120. */
  readonly unpaidMonths: ReadonlyArray<Scalars['Month']['output']>;
  /** Simpanan wajib. */
  readonly wajib: Scalars['Rupiah']['output'];
};


/** Saldo simpanan seorang anggota. */
export type SimpananUnpaidMonthsArgs = {
  through: Scalars['Month']['input'];
};

/** Jenis simpanan. */
export type SimpananKind =
  /** Simpanan pokok: sekali, sama besar untuk semua. */
  | 'POKOK'
  /** Simpanan sukarela: dapat ditarik, memerlukan USP. */
  | 'SUKARELA'
  /** Simpanan wajib: tiap bulan. */
  | 'WAJIB';

/** Ketetapan simpanan. */
export type SimpananPolicy = {
  /** Mulai bulan. */
  readonly from: Scalars['Month']['output'];
  /** Simpanan pokok per anggota. */
  readonly pokok: Scalars['Rupiah']['output'];
  /** Benar bila pokok boleh diangsur. */
  readonly pokokInParts: Scalars['Boolean']['output'];
  /** Simpanan wajib per bulan. */
  readonly wajib: Scalars['Rupiah']['output'];
};

/** Jumlah simpanan menurut jenis. */
export type SimpananTotals = {
  /** Simpanan pokok. */
  readonly pokok: Scalars['Rupiah']['output'];
  /** Simpanan sukarela. */
  readonly sukarela: Scalars['Rupiah']['output'];
  /** Jumlah ketiganya. */
  readonly total: Scalars['Rupiah']['output'];
  /** Simpanan wajib. */
  readonly wajib: Scalars['Rupiah']['output'];
};

/** Pengguna. / A user. */
export type User = {
  /** Nama akun. */
  readonly name: Scalars['String']['output'];
  /** Yang boleh dilakukan di suatu tempat, oleh peran hari ini; hanya untuk satu pengguna. */
  readonly permissions?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Peran pertama yang berlaku. */
  readonly role?: Maybe<Role>;
  /** Semua perannya. */
  readonly roles: ReadonlyArray<RoleGrant>;
};

/** Pengguna sesudah perubahan. */
export type UserPayload = {
  /** Letak perubahan di catatan. */
  readonly position: Scalars['String']['output'];
  /** Pengguna; kosong bila belum terbaca. */
  readonly user?: Maybe<User>;
};

/** Penarikan simpanan. */
export type WithdrawSimpananInput = {
  /** Jumlah. */
  readonly amount: Scalars['Rupiah']['input'];
  /** Cara bayar. */
  readonly channel: Channel;
  /** UUID perintah; kiriman ulang memakai UUID yang sama. */
  readonly commandId: Scalars['ID']['input'];
  /** Koperasi. */
  readonly cooperative: Scalars['VillageCode']['input'];
  /** Tanggal bayar. */
  readonly date: Scalars['Date']['input'];
  /** Waktu perintah dibuat. */
  readonly issuedAt: Scalars['Instant']['input'];
  /** Jenis simpanan. */
  readonly kind: SimpananKind;
  /** Anggota. */
  readonly member: Scalars['ID']['input'];
};
