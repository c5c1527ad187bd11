import { refuse } from '#lumbung/kernel';
import { type Column, columnsOf } from './header.js';
import { csvRecords } from './records.js';
import { csvRejections } from './rejections.js';

/** `line` is where the row begins in the file; the first line is 1. Values are as they stand. */
export type CsvRow<Name extends string = string> = { line: number; values: Record<Name, string> };

/**
 * Reads a CSV file (UTF-8, `,` or `;`, any line ends) row by row, holding no more than one chunk
 * of `source` and one row. Rows that are blank are left out. The file as a whole is refused with
 * a `Rejection` of `csvRejections`, whose `details.line` says where; rows before that may have
 * been handed out already.
 */
export async function* readCsv<Name extends string>(
  source: AsyncIterable<Uint8Array>,
  columns: readonly Column<Name>[],
): AsyncGenerator<CsvRow<Name>> {
  const absent = Object.fromEntries(columns.map(({ name }) => [name, '']));
  let names: Name[] | undefined;
  for await (const record of csvRecords(source)) {
    if (!names) {
      names = columnsOf(record, columns);
      continue;
    }
    const { line, fields } = record;
    if (fields.length !== names.length) {
      const counts = { expected: names.length, actual: fields.length };
      throw refuse(csvRejections, 'CSV_COLUMN_COUNT', { line, ...counts });
    }
    const present = names.map((name, place) => [name, fields[place]]);
    yield { line, values: { ...absent, ...Object.fromEntries(present) } };
  }
  if (!names) throw refuse(csvRejections, 'CSV_EMPTY', { line: 1 });
}
