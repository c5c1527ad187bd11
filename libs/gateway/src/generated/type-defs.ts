export const typeDefs = `"""Akun dalam bagan akun."""
type Account {
  """Kode 4 angka."""
  code: String!

  """Nama."""
  name: String!
}

"""Pengguna baru dan peran pertamanya."""
input AddUserInput {
  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Hari pertama; hari ini bila kosong."""
  from: Date

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Anggota yang mana, untuk peran anggota."""
  member: ID

  """Nama akun."""
  name: String!

  """Peran."""
  role: Role!

  """Kode wilayah, atau program."""
  scope: String!

  """Hari terakhir."""
  until: Date
}

"""Data calon anggota dari KTP-nya."""
input AdmitMemberInput {
  """Alamat."""
  address: String!

  """Tanggal lahir."""
  birthDate: Date!

  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Tanggal masuk."""
  joinedOn: Date!

  """Kode desa dalam KTP."""
  ktpVillage: VillageCode!

  """Nama menurut KTP."""
  name: String!

  """NIK, 16 angka."""
  nik: String!

  """Telepon."""
  phone: String

  """Jenis kelamin."""
  sex: Sex!
}

"""Calon yang baru diterima."""
type AdmitMemberResult implements Answered {
  """Anggotanya; null bila tercatat tetapi belum dapat ditampilkan."""
  member: Member

  """Posisi dalam log."""
  position: String!
}

"""Jawaban setiap perintah. / What every command answers."""
interface Answered {
  """
  Posisi dalam log; kirim kembali sebagai X-Lumbung-After untuk membaca tulisan sendiri.
  """
  position: String!
}

"""Keadaan sebuah buku."""
type Book {
  """Buku."""
  book: BookName!

  """Bulan terakhir yang sudah ditutup."""
  closedThrough: Month

  """Jumlah jurnal."""
  journalCount: Int!

  """Tanggal jurnal terakhir."""
  lastEntryOn: Date

  """Benar bila unit simpan pinjam sudah dibuka (buku USP)."""
  uspOpen: Boolean!
}

"""Buku: UMUM (modal dan unit usaha) atau USP (simpan pinjam)."""
enum BookName {
  """Modal dan unit usaha."""
  UMUM

  """Unit simpan pinjam."""
  USP
}

"""Buku yang baru dibuka, atau yang bulannya baru ditutup."""
type BookResult implements Answered {
  """
  Bukunya sesudah itu; null bila tercatat tetapi belum dapat ditampilkan.
  """
  book: Book

  """Posisi dalam log."""
  position: String!
}

"""Cara bayar."""
enum Channel {
  """Rekening bank koperasi."""
  BANK

  """Tunai."""
  KAS
}

"""Penutupan bulan."""
input CloseMonthInput {
  """Buku."""
  book: BookName!

  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Bulan yang ditutup."""
  month: Month!
}

"""Pungutan simpanan wajib."""
input CollectWajibInput {
  """Cara bayar."""
  channel: Channel!

  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Tanggal terima."""
  date: Date!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Anggota yang membayar, paling banyak 500."""
  members: [ID!]!

  """Bulan yang dibayar."""
  month: Month!
}

"""Hasil pungutan wajib."""
type CollectionResult implements Answered {
  """Posisi dalam log."""
  position: String!

  """Jumlah seluruhnya."""
  total: Rupiah!

  """Nomor bukti, satu per anggota, dalam urutan permintaan."""
  vouchers: [String!]!
}

"""Koperasi Desa/Kelurahan Merah Putih. / A village cooperative."""
type Cooperative {
  """Kedua buku dan keadaannya."""
  books: [Book!]!

  """Jumlah calon anggota."""
  candidateCount: Int!

  """Kode Kemendagri desanya; kunci koperasi."""
  code: VillageCode!

  """Kecamatan."""
  district: RegionName!

  """Jurnal satu buku, yang terbaru dahulu."""
  journal(
    """\`endCursor\` halaman sebelumnya."""
    after: String

    """Buku yang dibaca."""
    book: BookName!

    """Baris per halaman, 1 sampai 500."""
    first: Int! = 20
  ): JournalConnection!

  """Tanggal jurnal terakhir; null bila belum mulai."""
  lastEntryOn: Date

  """Jumlah anggota (simpanan pokok lunas, belum keluar)."""
  memberCount: Int!

  """Anggota dan calon menurut nomor, juga yang sudah keluar."""
  members(
    """\`endCursor\` halaman sebelumnya."""
    after: String

    """Baris per halaman, 1 sampai 500."""
    first: Int! = 20
  ): MemberConnection!

  """Nama koperasi."""
  name: String!

  """Ketetapan simpanan pokok dan wajib, menurut bulan mulai berlakunya."""
  simpananPolicies: [SimpananPolicy!]!

  """Jumlah seluruh simpanan anggota."""
  simpananTotal: Rupiah!

  """Benar bila sudah ada jurnal."""
  started: Boolean!

  """Nama desa atau kelurahan."""
  village: String!
}

"""Satu halaman koperasi."""
type CooperativeConnection {
  """Koperasi di halaman ini."""
  nodes: [Cooperative!]!

  """Kelanjutan."""
  pageInfo: PageInfo!

  """Jumlah seluruhnya, juga di luar halaman ini."""
  totalCount: Int!
}

"""Urutan daftar koperasi."""
enum CooperativeSort {
  """Kode desa."""
  CODE

  """Tanggal jurnal terakhir."""
  LAST_ENTRY

  """Jumlah anggota."""
  MEMBERS

  """Nama desa."""
  NAME

  """Jumlah simpanan."""
  SIMPANAN
}

"""Tanggal \`TTTT-BB-HH\`. / A day, \`2026-01-31\`."""
scalar Date

"""Setoran simpanan."""
input DepositSimpananInput {
  """Jumlah."""
  amount: Rupiah!

  """Cara bayar."""
  channel: Channel!

  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Tanggal terima."""
  date: Date!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Jenis simpanan."""
  kind: SimpananKind!

  """Anggota."""
  member: ID!

  """Bulan yang dibayar, hanya untuk WAJIB."""
  month: Month
}

"""Akhir sebuah peran."""
input EndRoleInput {
  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Nama akun."""
  name: String!

  """Hari terakhir."""
  on: Date!

  """Peran."""
  role: Role!

  """Kode wilayah, atau program."""
  scope: String!
}

"""Peran baru bagi seorang pengguna."""
input GrantRoleInput {
  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Hari pertama; hari ini bila kosong."""
  from: Date

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Anggota yang mana, untuk peran anggota."""
  member: ID

  """Nama akun."""
  name: String!

  """Peran."""
  role: Role!

  """Kode wilayah, atau program."""
  scope: String!

  """Hari terakhir."""
  until: Date
}

"""Waktu UTC \`2026-01-31T02:00:00.000Z\`. / An instant in UTC."""
scalar Instant

"""Satu jurnal yang seimbang. / A balanced journal."""
type Journal {
  """Siapa yang mencatat."""
  actor: String!

  """Tanggal kejadian."""
  date: Date!

  """Uraian."""
  description: String!

  """Baris debit dan kredit."""
  lines: [JournalLine!]!

  """Nomor bukti: buku/tahun/urutan, tanpa jeda."""
  number: String!

  """Kapan dicatat."""
  recordedAt: Instant!
}

"""Satu halaman jurnal."""
type JournalConnection {
  """Jurnal di halaman ini."""
  nodes: [Journal!]!

  """Kelanjutan."""
  pageInfo: PageInfo!

  """Jumlah seluruhnya."""
  totalCount: Int!
}

"""Satu baris jurnal."""
type JournalLine {
  """Akun."""
  account: Account!

  """Kredit, nol bila debit."""
  credit: Rupiah!

  """Debit, nol bila kredit."""
  debit: Rupiah!
}

"""Anggota atau calon anggota."""
type Member {
  """Tanggal keluar, bila ada."""
  endsOn: Date

  """Pengenal anggota."""
  id: ID!

  """Tanggal masuk."""
  joinedOn: Date!

  """Nama; null bila orangnya sudah dilupakan."""
  name: String

  """Nomor anggota, berurutan tanpa jeda dalam satu koperasi."""
  number: Int!

  """Jenis kelamin."""
  sex: Sex!

  """Simpanan anggota ini."""
  simpanan: Simpanan!

  """Keadaan."""
  status: MemberStatus!

  """Peringatan yang tetap tercatat, misalnya KTP_VILLAGE_DIFFERS."""
  warnings: [String!]!
}

"""Satu halaman anggota."""
type MemberConnection {
  """Anggota di halaman ini."""
  nodes: [Member!]!

  """Kelanjutan."""
  pageInfo: PageInfo!

  """Jumlah seluruhnya, juga di luar halaman ini."""
  totalCount: Int!
}

"""Keadaan keanggotaan."""
enum MemberStatus {
  """Anggota penuh."""
  ANGGOTA

  """Simpanan pokok belum lunas."""
  CALON

  """Sudah keluar."""
  KELUAR

  """Sudah mengundurkan diri, belum berlaku."""
  MENGUNDURKAN_DIRI
}

"""Bulan buku \`TTTT-BB\`. / A month of the books."""
scalar Month

type Mutation {
  """
  Menambah pengguna dengan peran pertamanya. / A new user, with a first role.
  """
  addUser(
    """Isian."""
    input: AddUserInput!
  ): UserPayload!

  """Menerima calon anggota; menjadi anggota setelah simpanan pokok lunas."""
  admitMember(
    """Data calon dari KTP-nya."""
    input: AdmitMemberInput!
  ): AdmitMemberResult!

  """
  Menutup satu bulan satu buku; berurutan, dan hanya bulan yang sudah lewat.
  """
  closeMonth(
    """Bulan dan bukunya."""
    input: CloseMonthInput!
  ): BookResult!

  """
  Setoran simpanan wajib satu bulan dari banyak anggota: semua tercatat, atau tidak satu pun.
  """
  collectWajib(
    """Bulan dan siapa yang membayar."""
    input: CollectWajibInput!
  ): CollectionResult!

  """
  Setoran simpanan. \`month\` wajib diisi untuk WAJIB dan hanya untuk WAJIB.
  """
  depositSimpanan(
    """Setorannya."""
    input: DepositSimpananInput!
  ): ReceiptResult!

  """Mengakhiri peran. / Ends a role; it stays in the record."""
  endRole(
    """Isian."""
    input: EndRoleInput!
  ): UserPayload!

  """
  Memberi peran di suatu wilayah. / A role somewhere, from a day to a last day.
  """
  grantRole(
    """Isian."""
    input: GrantRoleInput!
  ): UserPayload!

  """Membuka unit simpan pinjam dengan izin usahanya."""
  openUsp(
    """Izin usahanya."""
    input: OpenUspInput!
  ): BookResult!

  """Membayar simpanan kepada anggota yang sudah keluar."""
  payResigned(
    """Siapa yang dibayar, kapan dan dengan cara apa."""
    input: PayResignedInput!
  ): ReceiptResult!

  """Mendaftarkan koperasi sebuah desa; namanya mengikuti aturan penamaan."""
  registerCooperative(
    """Desa yang koperasinya didaftarkan."""
    input: RegisterCooperativeInput!
  ): RegisterCooperativeResult!

  """
  Mencatat pengunduran diri; simpanan diselesaikan pada tanggal berlakunya.
  """
  resignMember(
    """Siapa, mulai kapan dan mengapa."""
    input: ResignMemberInput!
  ): ResignMemberResult!

  """Menetapkan simpanan pokok dan wajib mulai suatu bulan (keputusan RAT)."""
  setSimpananPolicy(
    """Ketetapan RAT."""
    input: SetSimpananPolicyInput!
  ): SetSimpananPolicyResult!

  """Penarikan simpanan sukarela."""
  withdrawSimpanan(
    """Penarikannya."""
    input: WithdrawSimpananInput!
  ): ReceiptResult!
}

"""Pembukaan unit simpan pinjam."""
input OpenUspInput {
  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Nomor izin usaha simpan pinjam."""
  licence: String!

  """Tanggal izin."""
  licensedOn: Date!
}

"""Penanda kelanjutan daftar. / Where a list goes on."""
type PageInfo {
  """Diberikan sebagai \`after\` untuk halaman berikut."""
  endCursor: String

  """Benar bila masih ada halaman berikut."""
  hasNextPage: Boolean!
}

"""Pembayaran simpanan anggota yang keluar."""
input PayResignedInput {
  """Cara bayar."""
  channel: Channel!

  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Tanggal bayar."""
  date: Date!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Anggota."""
  member: ID!
}

"""Apa yang dilayani proses ini. / What this process serves."""
type Platform {
  """Hari kerja sekarang di kabupaten."""
  businessDate: Date!

  """Benar bila semua bacaan sudah mengikuti catatan terakhir."""
  caughtUp: Boolean!

  """Benar bila isinya kehidupan contoh (DATA CONTOH)."""
  demo: Boolean!

  """Kode kabupaten, misalnya \`35.06\`."""
  regency: String!

  """Nama kabupaten."""
  regencyName: String!

  """Zona waktu IANA."""
  zone: String!
}

type Query {
  """Satu koperasi menurut kode desanya; null bila belum terdaftar."""
  cooperative(
    """Kode desanya."""
    code: VillageCode!
  ): Cooperative

  """
  Koperasi sebuah kabupaten: dicari menurut awal nama desa, disaring, diurutkan, berhalaman.
  """
  cooperatives(
    """\`endCursor\` halaman sebelumnya."""
    after: String

    """Dari yang terbesar."""
    descending: Boolean

    """Hanya kecamatan ini."""
    district: String

    """Baris per halaman, 1 sampai 500."""
    first: Int! = 50

    """Kode kabupaten, misalnya \`35.06\`."""
    regency: String!

    """Awal nama desa."""
    search: String

    """Urutan; CODE bila tidak disebut."""
    sort: CooperativeSort

    """Hanya yang sudah (true) atau belum (false) punya jurnal."""
    started: Boolean
  ): CooperativeConnection!

  """Pengguna permintaan ini (\`X-Lumbung-User\`)."""
  me: User!

  """Keadaan proses ini. / What this process serves."""
  platform: Platform!

  """Angka sebuah kabupaten; null bila tidak ada koperasinya di sini."""
  regency(
    """Kode kabupaten, misalnya \`35.06\`."""
    code: String!
  ): Region

  """
  Pengguna yang perannya boleh diketahui pemanggil. / The users whose roles the caller may know.
  """
  users: [User!]!
}

"""Bukti setoran atau penarikan."""
type ReceiptResult implements Answered {
  """
  Anggota dengan saldo sesudahnya; null bila tercatat tetapi belum dapat ditampilkan.
  """
  member: Member

  """Posisi dalam log."""
  position: String!

  """Nomor bukti."""
  voucher: String!
}

"""Angka sebuah kabupaten atau kecamatan."""
type Region {
  """Jumlah calon anggota."""
  candidateCount: Int!

  """Kode Kemendagri."""
  code: String!

  """Jumlah koperasi terdaftar."""
  cooperativeCount: Int!

  """Kecamatan di dalamnya; kosong untuk sebuah kecamatan."""
  districts: [Region!]!

  """Jumlah anggota."""
  memberCount: Int!

  """Nama."""
  name: String!

  """Simpanan seluruh anggota menurut jenis."""
  simpanan: SimpananTotals!

  """Jumlah seluruh simpanan."""
  simpananTotal: Rupiah!

  """Koperasi yang sudah punya jurnal."""
  startedCount: Int!
}

"""Kode dan nama sebuah wilayah."""
type RegionName {
  """Kode Kemendagri."""
  code: String!

  """Nama."""
  name: String!
}

"""Pendaftaran koperasi."""
input RegisterCooperativeInput {
  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Kode desa."""
  cooperative: VillageCode!

  """Waktu perintah dibuat."""
  issuedAt: Instant!
}

"""Koperasi yang baru terdaftar."""
type RegisterCooperativeResult implements Answered {
  """Koperasinya; null bila tercatat tetapi belum dapat ditampilkan."""
  cooperative: Cooperative

  """Posisi dalam log."""
  position: String!
}

"""Pengunduran diri."""
input ResignMemberInput {
  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Tanggal berlaku; boleh di masa depan."""
  effectiveOn: Date!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Anggota."""
  member: ID!

  """Alasan."""
  reason: ResignationReason!
}

"""Anggota yang mengundurkan diri."""
type ResignMemberResult implements Answered {
  """Anggotanya; null bila tercatat tetapi belum dapat ditampilkan."""
  member: Member

  """Posisi dalam log."""
  position: String!
}

"""Alasan keluar."""
enum ResignationReason {
  """Diberhentikan Rapat Anggota."""
  DIBERHENTIKAN

  """Meninggal dunia."""
  MENINGGAL

  """Permintaan sendiri."""
  PERMINTAAN

  """Pindah desa."""
  PINDAH
}

"""Peran: menentukan apa yang boleh dilakukan. / What its holder may do."""
enum Role {
  """Anggota: membaca miliknya sendiri."""
  anggota

  """Auditor: membaca."""
  auditor

  """Bendahara."""
  bendahara

  """Kasir: menerima dan membayar."""
  kasir

  """Kepala desa: membaca tanpa data pribadi."""
  kepala_desa

  """Ketua."""
  ketua

  """Manajer unit."""
  manajer

  """Petugas mitra."""
  mitra

  """Operator: menjalankan sistem, tanpa melihat buku."""
  operator

  """Pendamping usaha."""
  pendamping

  """Pengawas: membaca."""
  pengawas

  """Pengurus: seluruh pengurus dalam satu tangan."""
  pengurus

  """Petugas kabupaten atau provinsi: membaca tanpa data pribadi."""
  petugas

  """Sekretaris."""
  sekretaris
}

"""Peran di suatu wilayah. / A role somewhere."""
type RoleGrant {
  """Hari pertama."""
  from: Date!

  """Anggota yang mana, untuk peran anggota."""
  member: ID

  """Peran."""
  role: Role!

  """Kode provinsi, kabupaten, kecamatan atau desa, atau program."""
  scope: String!

  """Hari terakhir; kosong bila belum berakhir."""
  until: Date
}

"""
Rupiah bulat (bilangan bulat aman, bukan 32 bit). / Whole rupiah, a safe integer.
"""
scalar Rupiah

"""Ketetapan simpanan baru."""
input SetSimpananPolicyInput {
  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Mulai bulan."""
  from: Month!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Simpanan pokok per anggota."""
  pokok: Rupiah!

  """Benar bila pokok boleh diangsur."""
  pokokInParts: Boolean!

  """Simpanan wajib per bulan."""
  wajib: Rupiah!
}

"""Ketetapan yang baru dicatat."""
type SetSimpananPolicyResult implements Answered {
  """Ketetapannya."""
  policy: SimpananPolicy!

  """Posisi dalam log."""
  position: String!
}

"""Jenis kelamin menurut KTP."""
enum Sex {
  """Laki-laki."""
  L

  """Perempuan."""
  P
}

"""Saldo simpanan seorang anggota."""
type Simpanan {
  """Yang masih harus dibayarkan kepada anggota yang keluar."""
  owed: Rupiah!

  """Simpanan pokok."""
  pokok: Rupiah!

  """Simpanan sukarela."""
  sukarela: Rupiah!

  """
  Bulan wajib yang belum dibayar, yang terlama dahulu, paling banyak 120.
  """
  unpaidMonths(
    """Sampai dengan bulan ini."""
    through: Month!
  ): [Month!]!

  """Simpanan wajib."""
  wajib: Rupiah!
}

"""Jenis simpanan."""
enum SimpananKind {
  """Simpanan pokok: sekali, sama besar untuk semua."""
  POKOK

  """Simpanan sukarela: dapat ditarik, memerlukan USP."""
  SUKARELA

  """Simpanan wajib: tiap bulan."""
  WAJIB
}

"""Ketetapan simpanan."""
type SimpananPolicy {
  """Mulai bulan."""
  from: Month!

  """Simpanan pokok per anggota."""
  pokok: Rupiah!

  """Benar bila pokok boleh diangsur."""
  pokokInParts: Boolean!

  """Simpanan wajib per bulan."""
  wajib: Rupiah!
}

"""Jumlah simpanan menurut jenis."""
type SimpananTotals {
  """Simpanan pokok."""
  pokok: Rupiah!

  """Simpanan sukarela."""
  sukarela: Rupiah!

  """Jumlah ketiganya."""
  total: Rupiah!

  """Simpanan wajib."""
  wajib: Rupiah!
}

"""Pengguna. / A user."""
type User {
  """Nama akun."""
  name: String!

  """
  Yang boleh dilakukan di suatu tempat, oleh peran hari ini; hanya untuk satu pengguna.
  """
  permissions: [String!]

  """Peran pertama yang berlaku."""
  role: Role

  """Semua perannya."""
  roles: [RoleGrant!]!
}

"""Pengguna sesudah perubahan."""
type UserPayload {
  """Letak perubahan di catatan."""
  position: String!

  """Pengguna; kosong bila belum terbaca."""
  user: User
}

"""
Kode Kemendagri sebuah desa atau kelurahan, \`35.06.17.1009\`. / The code of a village.
"""
scalar VillageCode

"""Penarikan simpanan."""
input WithdrawSimpananInput {
  """Jumlah."""
  amount: Rupiah!

  """Cara bayar."""
  channel: Channel!

  """UUID perintah; kiriman ulang memakai UUID yang sama."""
  commandId: ID!

  """Koperasi."""
  cooperative: VillageCode!

  """Tanggal bayar."""
  date: Date!

  """Waktu perintah dibuat."""
  issuedAt: Instant!

  """Jenis simpanan."""
  kind: SimpananKind!

  """Anggota."""
  member: ID!
}`;
