import type { Severity } from '#lumbung/documents';

/** What is to be said of a row; never with a value of it. */
export type Remark = {
  line: number;
  field: string;
  code: string;
  sentence: string;
  severity: Severity;
};

// A file that is wrong from top to bottom need not be told so ten thousand times.
const MOST = 1_000;

/** Collects what is said of rows, in bounded memory. */
export class Report {
  readonly remarks: Remark[] = [];
  rows = 0;
  badRows = 0;
  private untold = 0;

  add(remarks: readonly Remark[]): void {
    for (const remark of remarks) {
      if (this.remarks.length < MOST) this.remarks.push(remark);
      else this.untold += 1;
    }
  }

  print(): void {
    for (const { line, field, code, sentence, severity } of this.remarks) {
      const kind = severity === 'warning' ? 'peringatan' : 'salah';
      console.log(`baris ${line}, ${field}: ${kind}: ${sentence} [${code}]`);
    }
    if (this.untold > 0) console.log(`… dan ${this.untold} lagi.`);
  }
}
