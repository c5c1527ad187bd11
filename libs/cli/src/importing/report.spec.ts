import { date } from '#lumbung/kernel';
import { type Extent, type Remark, Report, type Summary } from './report.js';

const WRONG: Remark = {
  ...{ line: 3, field: 'nik', code: 'NIK_MALFORMED', severity: 'error' },
  sentence: 'NIK harus 16 angka.',
};
const ODD: Remark = { ...WRONG, line: 4, code: 'SEX_DIFFERS_FROM_NIK', severity: 'warning' };

const SUMMARY: Summary = {
  ...{ rows: 3, badRows: 0, imported: 3, importedBefore: 0, badFile: null },
  cutOver: date('2026-02-28'),
};

const said = (
  { remarks = [], isJson = false }: { remarks?: Remark[][]; isJson?: boolean },
  summary: Partial<Summary>,
  extent: Extent,
) => {
  const lines: string[] = [];
  const report = new Report(isJson, (line) => lines.push(line));
  for (const some of remarks) report.tell(some);
  report.end({ ...SUMMARY, ...summary }, extent);
  return lines;
};

describe('the report of an import', () => {
  it('tells each row by line and field, with a code, and what came of all', () => {
    expect(said({ remarks: [[WRONG], [ODD]] }, { badRows: 1, imported: 0 }, 'REFUSED')).toEqual([
      'baris 3, nik: salah: NIK harus 16 angka. [NIK_MALFORMED]',
      'baris 4, nik: peringatan: NIK harus 16 angka. [SEX_DIFFERS_FROM_NIK]',
      '3 baris, 1 salah. Tidak ada yang dicatat: perbaiki berkas, atau pakai --only-good.',
    ]);
  });

  it.each<[string, Partial<Summary>, Extent, string]>([
    [
      'a look only',
      { imported: 0 },
      'CHECKED',
      '3 baris, 0 salah. Diperiksa saja, tidak ada yang dicatat.',
    ],
    [
      'a file that is all new',
      {},
      'WRITTEN',
      '3 baris, 0 salah. 3 anggota tercatat, saldo awal per 2026-02-28.',
    ],
    [
      'a second run',
      { imported: 0, importedBefore: 3 },
      'WRITTEN',
      '3 baris, 0 salah. 3 sudah tercatat sebelumnya.',
    ],
    [
      'the rest of a file that was broken off, without its bad rows',
      { badRows: 1, imported: 1, importedBefore: 1, badFile: 'a.csv.bad.csv' },
      'WRITTEN',
      '3 baris, 1 salah. 1 anggota tercatat, saldo awal per 2026-02-28. ' +
        '1 sudah tercatat sebelumnya. Baris yang salah ada di a.csv.bad.csv.',
    ],
    [
      'a file without rows',
      { rows: 0, imported: 0 },
      'WRITTEN',
      '0 baris, 0 salah. Tidak ada yang perlu dicatat.',
    ],
  ])('ends %s in a sentence', (_, summary, extent, sentence) => {
    expect(said({}, summary, extent)).toEqual([sentence]);
  });

  it('is one JSON document for a program, however long', () => {
    const remarks = Array.from({ length: 3_000 }, (_, line) => [{ ...WRONG, line }]);
    const lines = said({ remarks, isJson: true }, { badRows: 3_000, imported: 0 }, 'REFUSED');
    expect(JSON.parse(lines.join('\n'))).toEqual({
      ...{ ...SUMMARY, badRows: 3_000, imported: 0 },
      remarks: remarks.flat(),
    });
    expect(JSON.parse(said({ isJson: true }, {}, 'WRITTEN').join('\n'))).toEqual({
      ...SUMMARY,
      remarks: [],
    });
  });
});
