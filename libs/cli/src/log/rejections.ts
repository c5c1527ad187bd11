/** What the commands on the log refuse. */
export const logRejections = {
  LOG_MISSING: ({ folder }: { folder: string }) =>
    `Tidak ada catatan di ${folder}. Pilih folder data lain dengan LUMBUNG_DATA.`,
  LOG_IN_USE: ({ pid }: { pid: number }) =>
    `Catatan ini sedang dipakai oleh proses ${pid}. Hentikan dulu server itu dengan Ctrl-C, ` +
    'lalu jalankan lagi.',
  LOG_DAMAGED: ({ path, offset }: { path: string; offset: number }) =>
    `Berkas ${path} rusak pada bita ${offset}. Cari semua kerusakan dengan lumbung log verify.`,
  STREAM_UNKNOWN: ({ stream }: { stream: string }) => `Aliran ${stream} tidak ada.`,
  STREAM_ENDED: ({ stream }: { stream: string }) =>
    `Aliran ${stream} sudah diakhiri untuk selamanya.`,
  ARCHIVE_IS_LOG: ({ folder }: { folder: string }) =>
    `${folder} adalah folder catatan itu sendiri. Pilih folder lain dengan --to.`,
  ARCHIVE_TAKEN: ({ path }: { path: string }) =>
    `${path} sudah ada dan isinya lain: folder itu menyimpan arsip catatan lain. ` +
    'Pilih folder lain dengan --to.',
  COPY_IS_LOG: ({ folder }: { folder: string }) =>
    `${folder} adalah catatan yang akan disalin. Pilih tujuan lain dengan --to.`,
  COPY_DIFFERS: ({ stream, position }: { stream: string; position: string }) =>
    `Tujuan sudah berisi kejadian lain: ${stream} pada posisi ${position}. Hanya tujuan yang ` +
    'kosong, atau salinan catatan ini yang terputus, dapat dilanjutkan.',
  COPY_REVISIONS_LOST: ({ streams }: { streams: readonly string[] }) =>
    `Awal ${streams.length} aliran sudah dibuang waktu catatan dipadatkan, sehingga nomornya ` +
    `tidak dapat disalin: ${streams.slice(0, 5).join(', ')}${streams.length > 5 ? ', …' : ''}. ` +
    'Belum ada yang ditulis. Salin foldernya sebagai berkas.',
} as const;
