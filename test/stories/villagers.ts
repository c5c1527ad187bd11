// Nobody lives in district 99, so these numbers belong to nobody.
const NIK_OF_NOBODY = '350699';

export const PARE = '35.06.17.1009';

export const COLUMNS = [
  'nik',
  'nama',
  'jenis_kelamin',
  'tanggal_lahir',
  'alamat',
  'kode_desa_ktp',
  'telepon',
  'tanggal_masuk',
  'simpanan_pokok',
  'simpanan_wajib',
  'simpanan_sukarela',
];

const FIRST = ['Slamet', 'Bambang', 'Joko', 'Agus', 'Suparman', 'Wahyu', 'Hadi', 'Eko'];
const LAST = ['Riyadi', 'Santoso', 'Prasetyo', 'Widodo', 'Setiawan', 'Nugroho'];

export const nikOf = (index: number): string => {
  const day = String(1 + (index % 28)).padStart(2, '0');
  return `${NIK_OF_NOBODY}${day}0185${String(index + 1).padStart(4, '0')}`;
};

export const nameOf = (index: number): string =>
  `${FIRST[index % FIRST.length]} ${LAST[index % LAST.length]} ${index + 1}`;

/** One invented villager as a row of a register. */
export const rowOf = (index: number): string[] => [
  nikOf(index),
  nameOf(index),
  'L',
  `1985-01-${String(1 + (index % 28)).padStart(2, '0')}`,
  `Dusun Krajan RT ${1 + (index % 9)}`,
  PARE,
  '',
  '2025-08-01',
  '100000',
  '20000',
  '0',
];

export const csvOf = (rows: readonly string[][]): string =>
  [COLUMNS, ...rows].map((cells) => cells.join(',')).join('\n');
