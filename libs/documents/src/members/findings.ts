import type { Rejection } from '#lumbung/kernel';
import type { MemberColumn } from './columns.js';

/** What can be wrong with a row. No sentence repeats a value: reports go where values may not. */
const SENTENCES = {
  NIK_MALFORMED:
    'NIK harus 16 angka dengan tanggal lahir yang benar di dalamnya. ' +
    'Di Excel, jadikan kolom NIK teks agar angkanya tidak dibulatkan.',
  NIK_TWICE_IN_FILE: 'NIK ini sudah ada pada baris lain sebelumnya dalam berkas ini.',
  NAME_MISSING: 'Nama harus diisi.',
  TEXT_TOO_LONG: 'Isian terlalu panjang.',
  SEX_MALFORMED: 'Jenis kelamin harus L atau P.',
  DATE_MALFORMED: 'Tanggal harus ditulis TTTT-BB-HH atau HH-BB-TTTT dan benar-benar ada.',
  DATE_IN_FUTURE: 'Tanggal tidak boleh di masa depan.',
  DATE_TOO_EARLY: 'Tanggal sebelum tahun 1900.',
  JOINED_BEFORE_BIRTH: 'Tanggal masuk tidak boleh sebelum tanggal lahir.',
  BIRTH_DATE_DIFFERS_FROM_NIK: 'Tanggal lahir berbeda dari yang ada di dalam NIK. Periksa KTP.',
  SEX_DIFFERS_FROM_NIK: 'Jenis kelamin berbeda dari yang ada di dalam NIK. Periksa KTP.',
  VILLAGE_CODE_MALFORMED: 'Kode desa harus seperti 35.06.17.1009.',
  VILLAGE_UNKNOWN: 'Kode desa ini tidak ada dalam daftar wilayah.',
  PHONE_MALFORMED: 'Nomor telepon harus seperti 081234567890 atau +6281234567890.',
  AMOUNT_NOT_WHOLE: 'Jumlah harus rupiah bulat, misalnya 100000 atau 100.000.',
  AMOUNT_NEGATIVE: 'Jumlah tidak boleh kurang dari nol.',
  AMOUNT_TOO_LARGE: 'Jumlah terlalu besar.',
} as const;

export type FindingCode = keyof typeof SENTENCES;

/** A row with an error is not imported; a warning is for somebody to look at. */
export type Severity = 'error' | 'warning';

/** `line` is where the row begins in the file, `field` its column, `baris` the row as a whole. */
export type Finding = {
  line: number;
  field: MemberColumn | 'baris';
  code: string;
  sentence: string;
  severity: Severity;
};

const WARNINGS: ReadonlySet<FindingCode> = new Set([
  'BIRTH_DATE_DIFFERS_FROM_NIK',
  'SEX_DIFFERS_FROM_NIK',
]);

export const finding = (line: number, field: MemberColumn, code: FindingCode): Finding => ({
  line,
  field,
  code,
  sentence: SENTENCES[code],
  severity: WARNINGS.has(code) ? 'warning' : 'error',
});

/** Of a row that has no columns to look into. */
export const faultFinding = (line: number, { code, sentence }: Rejection): Finding => ({
  ...{ line, field: 'baris', code, sentence, severity: 'error' },
});
