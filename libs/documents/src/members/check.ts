import type { Nik, PlainDate, Rupiah, VillageCode } from '#lumbung/kernel';
import { withoutUndefined } from '#lumbung/kernel';
import type { CsvContent } from '../csv/read.js';
import type { MemberColumn } from './columns.js';
import { type Finding, type FindingCode, faultFinding, finding } from './findings.js';
import {
  type Read,
  readAmount,
  readDate,
  readName,
  readNik,
  readPhone,
  readSex,
  readText,
  readVillage,
} from './values.js';

const ADDRESS_LENGTH = 300;

/** A member as the register takes him, with what he had in simpanan at the cut-over date. */
export type ImportedMember = {
  nik: Nik;
  name: string;
  sex: 'L' | 'P';
  birthDate: PlainDate;
  address: string;
  ktpVillage: VillageCode;
  phone?: string;
  joinedOn: PlainDate;
  opening: { pokok: Rupiah; wajib: Rupiah; sukarela: Rupiah };
};

/** All that was found in a row; `member` is there unless a finding is an error. */
export type CheckedRow = { line: number; member?: ImportedMember; findings: Finding[] };

export type MemberCheckOptions = {
  /** The business date: nothing in the file may be later. */
  today: PlainDate;
  knows: (village: VillageCode) => boolean;
  /** A keyed hash; of the rows that went by, only hashes of NIKs are kept. */
  hash: (nik: Nik) => string;
};

// DDMMYY stands in the NIK from its seventh digit; a woman's day counts from 41, and the century
// is not told.
const bornBy = (nik: Nik) => {
  const day = String(Number(nik.slice(6, 8)) % 40).padStart(2, '0');
  return `${nik.slice(10, 12)}-${nik.slice(8, 10)}-${day}`;
};
const sexBy = (nik: Nik) => (Number(nik.slice(6, 8)) > 40 ? 'P' : 'L');

type Compared = Pick<ImportedMember, 'nik' | 'sex' | 'birthDate' | 'joinedOn'>;

const differences = ({ nik, sex, birthDate, joinedOn }: Partial<Compared>) => {
  const found: [MemberColumn, FindingCode][] = [];
  if (nik && birthDate && birthDate.slice(2) !== bornBy(nik)) {
    found.push(['tanggal_lahir', 'BIRTH_DATE_DIFFERS_FROM_NIK']);
  }
  if (nik && sex && sex !== sexBy(nik)) found.push(['jenis_kelamin', 'SEX_DIFFERS_FROM_NIK']);
  if (birthDate && joinedOn && joinedOn < birthDate) {
    found.push(['tanggal_masuk', 'JOINED_BEFORE_BIRTH']);
  }
  return found;
};

type CheckableRow = { line: number } & CsvContent<MemberColumn>;

/**
 * Checks the rows of one file, each on its own but for a NIK that came by before. A row is given
 * all its findings, not just the first.
 */
export const memberCheck = ({ today, knows, hash }: MemberCheckOptions) => {
  const niks = new Set<string>();
  const cameBefore = (nik: Nik) => {
    const { size } = niks;
    return niks.add(hash(nik)).size === size;
  };

  return ({ line, ...content }: CheckableRow): CheckedRow => {
    if (content.fault) return { line, findings: [faultFinding(line, content.fault)] };
    const { values } = content;
    const findings: Finding[] = [];
    const tell = (field: MemberColumn, code: FindingCode) =>
      findings.push(finding(line, field, code));
    const take = <T>(field: MemberColumn, read: (text: string) => Read<T>) => {
      const result = read(values[field]);
      if ('value' in result) return result.value;
      tell(field, result.code);
      return undefined;
    };
    const draft = {
      nik: take('nik', readNik),
      name: take('nama', readName),
      sex: take('jenis_kelamin', readSex),
      birthDate: take('tanggal_lahir', (text) => readDate(text, today)),
      address: take('alamat', (text) => readText(text, ADDRESS_LENGTH)),
      ktpVillage: take('kode_desa_ktp', (text) => readVillage(text, knows)),
      phone: take('telepon', readPhone),
      joinedOn: take('tanggal_masuk', (text) => readDate(text, today)),
      opening: {
        pokok: take('simpanan_pokok', readAmount),
        wajib: take('simpanan_wajib', readAmount),
        sukarela: take('simpanan_sukarela', readAmount),
      },
    };
    if (draft.nik && cameBefore(draft.nik)) tell('nik', 'NIK_TWICE_IN_FILE');
    for (const [field, code] of differences(draft)) tell(field, code);
    if (findings.some(({ severity }) => severity === 'error')) return { line, findings };
    // Whatever could not be read has left an error, so here nothing is missing.
    return { line, member: withoutUndefined(draft) as ImportedMember, findings };
  };
};
