import type { Column } from '../csv/header.js';

/** The columns of a member import, as a treasurer names them; English names are taken too. */
export const memberColumns = [
  { name: 'nik' },
  { name: 'nama', aliases: ['name'] },
  { name: 'jenis_kelamin', aliases: ['sex'] },
  { name: 'tanggal_lahir', aliases: ['birth date'] },
  { name: 'alamat', aliases: ['address'] },
  { name: 'kode_desa_ktp', aliases: ['ktp village', 'village code'] },
  { name: 'telepon', aliases: ['phone'], optional: true },
  { name: 'tanggal_masuk', aliases: ['joined on', 'joined date'] },
  { name: 'simpanan_pokok', aliases: ['pokok'], optional: true },
  { name: 'simpanan_wajib', aliases: ['wajib'], optional: true },
  { name: 'simpanan_sukarela', aliases: ['sukarela'], optional: true },
] as const satisfies Column[];

export type MemberColumn = (typeof memberColumns)[number]['name'];
