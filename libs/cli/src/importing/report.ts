import type { Severity } from '#lumbung/documents';
import type { PlainDate } from '#lumbung/kernel';

/** What is to be said of a row; never with a value of it. */
export type Remark = {
  line: number;
  field: string;
  code: string;
  sentence: string;
  severity: Severity;
};

/** What came of a file, in rows. */
export type Summary = {
  rows: number;
  /** Rows with an error, among them those that the platform itself refused. */
  badRows: number;
  imported: number;
  /** Rows that an earlier run of the same file has imported. */
  importedBefore: number;
  cutOver: PlainDate;
  /** Where the bad rows lie, if they were left for correction. */
  badFile: string | null;
};

const KINDS = { error: 'salah', warning: 'peringatan' };

const sentenceOn = ({ line, field, code, sentence, severity }: Remark) =>
  `baris ${line}, ${field}: ${KINDS[severity]}: ${sentence} [${code}]`;

const outcomeOf = ({ imported, importedBefore, badRows, badFile, cutOver }: Summary): string[] => {
  if (imported + importedBefore + badRows === 0) return ['Tidak ada yang perlu dicatat.'];
  return [
    ...(imported > 0 ? [`${imported} anggota tercatat, saldo awal per ${cutOver}.`] : []),
    ...(importedBefore > 0 ? [`${importedBefore} sudah tercatat sebelumnya.`] : []),
    ...(badFile ? [`Baris yang salah ada di ${badFile}.`] : []),
  ];
};

/** How far an import went: looked only, found errors and wrote nothing, or wrote. */
export type Extent = 'CHECKED' | 'REFUSED' | 'WRITTEN';

const sentencesOf = (summary: Summary, extent: Extent): string => {
  const { rows, badRows } = summary;
  const counted = `${rows} baris, ${badRows} salah.`;
  if (extent === 'CHECKED') return `${counted} Diperiksa saja, tidak ada yang dicatat.`;
  if (extent === 'WRITTEN') return [counted, ...outcomeOf(summary)].join(' ');
  return `${counted} Tidak ada yang dicatat: perbaiki berkas, atau pakai --only-good.`;
};

/** Tells of rows while they are read, so that no file is too long for a report in full. */
export class Report {
  private told = 0;

  constructor(
    private readonly isJson: boolean,
    private readonly say: (text: string) => void = (text) => console.log(text),
  ) {}

  tell(remarks: readonly Remark[]): void {
    for (const remark of remarks) {
      const opening = this.told === 0 ? '{"remarks":[' : ',';
      this.say(this.isJson ? `${opening}${JSON.stringify(remark)}` : sentenceOn(remark));
      this.told += 1;
    }
  }

  /** The last words; with `--json` everything said is one document. */
  end(summary: Summary, extent: Extent): void {
    const opening = this.told === 0 ? '{"remarks":[' : '';
    const closing = `${opening}],${JSON.stringify(summary).slice(1)}`;
    this.say(this.isJson ? closing : sentencesOf(summary, extent));
  }
}
