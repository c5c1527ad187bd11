/** What the command line itself refuses, whatever the services say. */
export const cliRejections = {
  SETTINGS_INVALID: ({ names }: { names: string[] }) =>
    `Pengaturan tidak sah: ${names.join(', ')}.`,
  COMMAND_UNKNOWN: ({ name }: { name: string }) => `Perintah ${name} tidak dikenal. Lihat --help.`,
  USER_UNKNOWN: ({ name }: { name: string }) =>
    `Pengguna ${name} tidak dikenal. Pilih yang lain dengan --user, atau tambahkan dengan ` +
    'lumbung user add.',
  REGENCY_UNKNOWN: ({ regency }: { regency: string }) =>
    `Kode kabupaten ${regency} tidak ada dalam daftar wilayah.`,
  FOLDER_EMPTY: ({ folder }: { folder: string }) =>
    `Belum ada data di ${folder}. Mulai dengan lumbung serve, atau pilih folder lain ` +
    'dengan LUMBUNG_DATA.',
  FOLDER_IN_USE: ({ address, pid }: { address: string | null; pid: number }) =>
    address === null
      ? `Folder data sedang dipakai oleh proses ${pid}.`
      : `Folder data sedang dipakai oleh server di ${address} (proses ${pid}).`,
  SIMULATION_ALREADY_RAN: ({ folder }: { folder: string }) =>
    `Folder ${folder} sudah berisi kehidupan contoh. Hapus folder itu, ` +
    'atau pilih folder lain dengan --folder.',
  SIMULATION_TOO_EARLY: ({ earliest }: { earliest: string }) =>
    `Kehidupan contoh dimulai paling awal ${earliest}.`,
  SIMULATION_TOO_LATE: ({ end }: { end: string }) =>
    `Kehidupan contoh akan berakhir ${end}, padahal harus berakhir sebelum hari ini. ` +
    'Kurangi --months, atau mulai lebih awal dengan --from.',
  SIMULATION_UNFINISHED: ({ folder }: { folder: string }) =>
    `Kehidupan contoh di ${folder} terhenti sebelum selesai. Hapus folder itu, lalu jalankan lagi.`,
  BROKEN_OFF: 'Dihentikan sebelum kehidupan contoh selesai disusun.',
} as const;
