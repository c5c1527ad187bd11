/** What the platform itself refuses, whichever service was asked. */
export const platformRejections = {
  IDEMPOTENCY_KEY_REUSED: 'Nomor perintah ini sudah dipakai untuk isian lain. Muat ulang halaman.',
  COMMAND_EXPIRED: 'Perintah ini terlalu lama atau jam perangkat salah. Muat ulang lalu coba lagi.',
  STREAM_NEWER_THAN_CODE: 'Data ini ditulis oleh versi program yang lebih baru. Coba lagi nanti.',
  CLOCK_BEHIND_LOG: ({ now, last }: { now: string; last: string }) =>
    `Jam komputer ini menunjukkan ${now}, sebelum catatan terakhir pada ${last}. ` +
    'Betulkan jam, lalu coba lagi. Jika jam ini sudah benar, catatan itu dibuat ketika jam ' +
    'salah: pulihkan cadangan dari sebelum itu.',
  TOO_BUSY: 'Terlalu banyak perintah bersamaan. Coba lagi sebentar.',
  STORE_UNAVAILABLE: 'Penyimpanan sedang tidak dapat menulis. Belum ada yang dicatat.',
  VAULT_UNAVAILABLE:
    'Brankas data pribadi tidak dapat ditulis. Periksa ruang disk, lalu coba lagi.',
  SERVICE_UNAVAILABLE: 'Layanan sedang tidak dapat dihubungi. Coba lagi sebentar.',
  DEADLINE_PASSED: 'Jawaban terlalu lama. Coba lagi sebentar.',
  MESSAGE_TOO_LARGE: 'Permintaan atau jawabannya terlalu besar. Bagi menjadi beberapa bagian.',
  REGENCY_DIFFERS: ({ regency, wanted }: { regency: string; wanted: string }) =>
    `Folder data ini milik kabupaten ${regency}, bukan ${wanted}. ` +
    'Pilih folder lain dengan LUMBUNG_DATA.',
  FOLDER_IS_OF_ANOTHER_KIND: ({ simulated }: { simulated: boolean }) =>
    simulated
      ? 'Folder ini berisi DATA CONTOH dan tidak menerima data sungguhan.'
      : 'Folder ini berisi data sungguhan dan tidak menerima data contoh.',
  NOT_FOUNDED:
    'Catatan kejadian ini masih kosong. Jalankan layanan membership dahulu: ia yang membukanya.',
  FEED_EVENT_UNKNOWN: ({ type, version }: { type: string; version: number }) =>
    `Kejadian ${type} versi ${version} belum dikenal oleh program ini. Perbarui program ini.`,
  FEED_EVENT_MALFORMED: ({ type }: { type: string }) =>
    `Isi kejadian ${type} tidak seperti yang disepakati.`,
  NOT_PARKED: 'Tidak ada kejadian yang menunggu dengan nama ini.',
  REASON_MISSING: 'Alasan harus diisi.',
  PROJECTION_UNKNOWN: 'Tidak ada bacaan dengan nama ini.',
  NOT_CAUGHT_UP: 'Data terbaru belum siap ditampilkan. Coba lagi sebentar.',
  INVALID_INPUT: ({ fields }: { fields: string[] }) => `Isian tidak sah: ${fields.join(', ')}.`,
  AMOUNT_NOT_WHOLE: 'Jumlah harus rupiah bulat, tanpa sen.',
  AMOUNT_TOO_LARGE: 'Jumlah ini terlalu besar: paling banyak Rp1.000.000.000.000.',
  DATE_MALFORMED: 'Tanggal harus ditulis TTTT-BB-HH dan benar-benar ada.',
  MONTH_MALFORMED: 'Bulan harus ditulis TTTT-BB.',
  INSTANT_MALFORMED: 'Waktu harus ditulis dalam UTC, misalnya 2026-01-31T02:00:00.000Z.',
  NIK_MALFORMED: 'NIK harus 16 angka dengan tanggal lahir yang benar di dalamnya.',
  REGENCY_CODE_MALFORMED: 'Kode kabupaten harus seperti 35.06.',
  DISTRICT_CODE_MALFORMED: 'Kode kecamatan harus seperti 35.06.17.',
  VILLAGE_CODE_MALFORMED: 'Kode desa harus seperti 35.06.17.1009.',
  SCOPE_MALFORMED: 'Wilayah harus kode seperti 35.06.17.1009, 35.06.17, 35.06 atau 35.',
  ID_MALFORMED: 'Nomor pengenal tidak sah.',
  COMMAND_ID_MALFORMED: 'Nomor perintah harus sebuah UUID.',
  USER_NAME_MALFORMED: 'Nama pengguna hanya huruf kecil, angka, titik dan tanda hubung.',
  NAME_MISSING: 'Nama harus diisi.',
  PAGE_TOO_SMALL: 'Jumlah baris per halaman paling sedikit 1.',
  PAGE_TOO_LARGE: 'Jumlah baris per halaman paling banyak 500.',
  CURSOR_MALFORMED: 'Penanda halaman tidak dikenal. Mulai lagi dari halaman pertama.',
  TOO_MANY_MEMBERS: 'Paling banyak 500 anggota sekali simpan.',
  USER_UNKNOWN: 'Pengguna ini tidak dikenal. Pilih pengguna di halaman.',
  USER_EXISTS: 'Nama pengguna ini sudah ada.',
  SCOPE_ELSEWHERE: 'Wilayah ini bukan bagian dari kabupaten ini.',
  MEMBER_MISSING: 'Peran anggota harus menyebut anggotanya, dan peran lain tidak.',
  PERIOD_ENDS_EARLY: 'Tanggal akhir tidak boleh sebelum tanggal mulai.',
  PERIOD_IN_PAST: 'Peran tidak dapat diubah untuk hari yang sudah lewat.',
  ROLES_TOO_MANY: 'Pengguna ini sudah memegang terlalu banyak peran.',
  LAST_OF_REGENCY: 'Harus tetap ada satu operator atau pengurus untuk seluruh kabupaten.',
  ROLE_HELD: 'Pengguna ini sudah memegang peran itu di wilayah itu.',
  ROLE_NOT_HELD: 'Pengguna ini tidak memegang peran itu di wilayah itu.',
  ROLE_TO_ONESELF: 'Peran tidak dapat diberikan kepada diri sendiri.',
  ROLE_ABOVE_OWN: 'Anda tidak berwenang memberikan peran ini di wilayah ini.',
  NOT_PERMITTED: ({ permission }: { permission: string }) =>
    `Anda tidak berwenang untuk tindakan ini (${permission}).`,
  FOREIGN_ORIGIN: 'Permintaan dari alamat lain ditolak.',
  QUERY_TOO_COSTLY: 'Permintaan ini meminta terlalu banyak sekaligus. Minta lebih sedikit.',
  QUERY_MALFORMED: 'Permintaan GraphQL tidak sah.',
  UNEXPECTED: 'Terjadi kesalahan pada program. Kesalahan sudah dicatat.',
} as const;
