import { createHmac } from 'node:crypto';
import { date } from '#lumbung/kernel';
import { readCsv } from '../csv/read.js';
import { csvLine } from '../csv/write.js';
import { memberCheck } from './check.js';
import { type MemberColumn, memberColumns } from './columns.js';

const options = {
  today: date('2026-03-02'),
  knows: (village: string) => village.startsWith('35.06.'),
  hash: (nik: string) => createHmac('sha256', 'test').update(nik).digest('base64url'),
};

const SITI: Record<MemberColumn, string> = {
  nik: '3506995505900001',
  nama: 'Siti Aminah',
  jenis_kelamin: 'P',
  tanggal_lahir: '1990-05-15',
  alamat: 'RT 01 RW 02 Dusun Krajan',
  kode_desa_ktp: '35.06.17.1009',
  telepon: '0812-3456-7890',
  tanggal_masuk: '2025-07-12',
  simpanan_pokok: '100.000',
  simpanan_wajib: '240000',
  simpanan_sukarela: '',
};
type Changes = Partial<Record<MemberColumn, string>>;

const check = (changes: Changes) =>
  memberCheck(options)({ line: 2, values: { ...SITI, ...changes } });

describe('a row of a member import', () => {
  it('becomes a member with typed values', () => {
    expect(check({})).toEqual({
      line: 2,
      findings: [],
      member: {
        nik: '3506995505900001',
        name: 'Siti Aminah',
        sex: 'P',
        birthDate: '1990-05-15',
        address: 'RT 01 RW 02 Dusun Krajan',
        ktpVillage: '35.06.17.1009',
        phone: '+6281234567890',
        joinedOn: '2025-07-12',
        opening: { pokok: 100_000, wajib: 240_000, sukarela: 0 },
      },
    });
  });

  it.each<[string, Changes, object]>([
    ['blanks around and inside', { nama: '  Siti \t Aminah ' }, { name: 'Siti Aminah' }],
    ['a small letter for the sex', { jenis_kelamin: ' p' }, { sex: 'P' }],
    ['the day first, with hyphens', { tanggal_lahir: '15-05-1990' }, { birthDate: '1990-05-15' }],
    ['the day first, with slashes', { tanggal_masuk: '12/07/2025' }, { joinedOn: '2025-07-12' }],
    ['today as the day of joining', { tanggal_masuk: '02/03/2026' }, { joinedOn: '2026-03-02' }],
    ['a phone with its country', { telepon: '+62 812 3456 7890' }, { phone: '+6281234567890' }],
    ['a country without plus', { telepon: '6281234567890' }, { phone: '+6281234567890' }],
    ['a phone abroad', { telepon: '+60 12-345 6789' }, { phone: '+60123456789' }],
    ['a phone of a house', { telepon: '(0354) 391234' }, { phone: '+62354391234' }],
    ['no address', { alamat: '' }, { address: '' }],
    [
      'amounts with dots or none',
      { simpanan_pokok: '1.250.000', simpanan_wajib: '', simpanan_sukarela: ' 0 ' },
      { opening: { pokok: 1_250_000, wajib: 0, sukarela: 0 } },
    ],
  ])('takes %s', (_, changes, member) => {
    expect(check(changes)).toMatchObject({ findings: [], member });
  });

  it('has no phone where none is given', () => {
    expect(check({ telepon: ' ' }).member).not.toHaveProperty('phone');
  });

  it.each<[MemberColumn, string, string]>([
    ['nik', '', 'NIK_MALFORMED'],
    ['nik', '350699550590000', 'NIK_MALFORMED'],
    ['nik', '3506995505900000', 'NIK_MALFORMED'],
    ['nik', '3506993202900001', 'NIK_MALFORMED'],
    ['nik', '3,50699E+15', 'NIK_MALFORMED'],
    ['nama', ' ', 'NAME_MISSING'],
    ['nama', 'x'.repeat(121), 'TEXT_TOO_LONG'],
    ['alamat', 'x'.repeat(301), 'TEXT_TOO_LONG'],
    ['jenis_kelamin', '', 'SEX_MALFORMED'],
    ['jenis_kelamin', 'Wanita', 'SEX_MALFORMED'],
    ['tanggal_lahir', '', 'DATE_MALFORMED'],
    ['tanggal_lahir', '1990-02-30', 'DATE_MALFORMED'],
    ['tanggal_lahir', '5/15/1990', 'DATE_MALFORMED'],
    ['tanggal_lahir', '15/05-1990', 'DATE_MALFORMED'],
    ['tanggal_lahir', '15-05-90', 'DATE_MALFORMED'],
    ['tanggal_lahir', '1890-05-15', 'DATE_TOO_EARLY'],
    ['tanggal_masuk', '03-03-2026', 'DATE_IN_FUTURE'],
    ['tanggal_masuk', '1990-05-14', 'JOINED_BEFORE_BIRTH'],
    ['kode_desa_ktp', '3506171009', 'VILLAGE_CODE_MALFORMED'],
    ['kode_desa_ktp', '99.06.17.1009', 'VILLAGE_UNKNOWN'],
    ['telepon', '812', 'PHONE_MALFORMED'],
    ['telepon', 'tidak ada', 'PHONE_MALFORMED'],
    ['simpanan_pokok', '100,000', 'AMOUNT_NOT_WHOLE'],
    ['simpanan_pokok', '100.000,00', 'AMOUNT_NOT_WHOLE'],
    ['simpanan_pokok', '100.00', 'AMOUNT_NOT_WHOLE'],
    ['simpanan_wajib', 'Rp20.000', 'AMOUNT_NOT_WHOLE'],
    ['simpanan_wajib', '1e6', 'AMOUNT_NOT_WHOLE'],
    ['simpanan_sukarela', '-20.000', 'AMOUNT_NEGATIVE'],
    ['simpanan_sukarela', '1000000000001', 'AMOUNT_TOO_LARGE'],
  ])('is refused with %s "%s": %s', (field, value, code) => {
    const { member, findings } = check({ [field]: value });
    expect(member).toBeUndefined();
    expect(findings).toEqual([
      { line: 2, field, code, sentence: expect.stringMatching(/\.$/), severity: 'error' },
    ]);
  });

  it.each<[MemberColumn, string, string]>([
    ['tanggal_lahir', '1990-05-16', 'BIRTH_DATE_DIFFERS_FROM_NIK'],
    ['tanggal_lahir', '1991-05-15', 'BIRTH_DATE_DIFFERS_FROM_NIK'],
    ['jenis_kelamin', 'L', 'SEX_DIFFERS_FROM_NIK'],
  ])('is taken with a warning for %s "%s": %s', (field, value, code) => {
    const { member, findings } = check({ [field]: value });
    expect(member).toBeDefined();
    expect(findings).toEqual([expect.objectContaining({ field, code, severity: 'warning' })]);
  });

  it('with another number of fields than titles is refused as a row', async () => {
    const titles = memberColumns.map(({ name }) => name);
    const source = async function* () {
      yield Buffer.from(csvLine(titles) + csvLine([...titles.map(() => 'x'), '3506995505900001']));
    };
    for await (const row of readCsv(source(), memberColumns)) {
      expect(memberCheck(options)(row)).toEqual({
        line: 2,
        findings: [
          {
            ...{ line: 2, field: 'baris', code: 'CSV_COLUMN_COUNT', severity: 'error' },
            sentence: expect.stringContaining('Baris 2 berisi 12 kolom, seharusnya 11.'),
          },
        ],
      });
    }
    expect.assertions(1);
  });

  it('is given all its findings', () => {
    const { findings } = check({ nik: '1', nama: '', tanggal_lahir: '?', simpanan_wajib: '-1' });
    expect(findings.map(({ code }) => code)).toEqual([
      'NIK_MALFORMED',
      'NAME_MISSING',
      'DATE_MALFORMED',
      'AMOUNT_NEGATIVE',
    ]);
  });

  it('never has its values repeated', () => {
    const values = {
      nik: '999',
      nama: 'x'.repeat(121),
      tanggal_lahir: '31-04-1990',
      telepon: '777',
      simpanan_pokok: '-55555',
    };
    const told = JSON.stringify(check(values).findings);
    for (const value of Object.values(values)) expect(told).not.toContain(value);
  });
});

describe('a file of members', () => {
  it('takes a NIK once', async () => {
    const budi = { ...SITI, nik: '3506991505900001', jenis_kelamin: 'L' };
    const rows = [SITI, budi, { ...SITI, nama: 'Siti A.' }];
    const titles = memberColumns.map(({ name }) => name);
    const content = [titles, ...rows.map((row) => titles.map((title) => row[title]))];
    const source = async function* () {
      for (const line of content) yield Buffer.from(csvLine(line));
    };
    const checkRow = memberCheck(options);
    const told: string[] = [];
    for await (const row of readCsv(source(), memberColumns)) {
      for (const { line, field, code } of checkRow(row).findings) {
        told.push(`${line} ${field} ${code}`);
      }
    }
    expect(told).toEqual(['4 nik NIK_TWICE_IN_FILE']);
  });

  it('may leave out phone and simpanan, and use English names', async () => {
    const source = async function* () {
      yield Buffer.from('NIK;Name;Sex;Birth Date;Address;Village Code;Joined Date\n');
      yield Buffer.from('3506995505900001;Siti;P;15/05/1990;;35.06.17.1009;2025-07-12\n');
    };
    for await (const row of readCsv(source(), memberColumns)) {
      expect(memberCheck(options)(row)).toMatchObject({
        findings: [],
        member: { name: 'Siti', opening: { pokok: 0, wajib: 0, sukarela: 0 } },
      });
    }
    expect.assertions(1);
  });
});
