import { type Rejection, refuse } from '#lumbung/kernel';
import { type Column, columnsOf } from './header.js';
import { type CsvRecord, csvRecords } from './records.js';
import { csvRejections } from './rejections.js';
import type { Separator } from './write.js';

/** How a file is written, so that some of its rows can be written again as they stood. */
export type CsvLayout = { separator: Separator; titles: readonly string[] };

/** Values as they stand; a row of more or fewer fields than there are titles has a `fault`. */
export type CsvContent<Name extends string = string> =
  | { values: Record<Name, string>; fault?: undefined }
  | { values?: undefined; fault: Rejection };

/** `line` is where the row begins in the file; the first line is 1. */
export type CsvRow<Name extends string = string> = CsvContent<Name> & {
  line: number;
  fields: readonly string[];
  layout: CsvLayout;
};

const readerOf = <Name extends string>(header: CsvRecord, columns: readonly Column<Name>[]) => {
  const names = columnsOf(header, columns);
  const layout: CsvLayout = { separator: header.separator, titles: header.fields };
  const absent = Object.fromEntries(columns.map(({ name }) => [name, '']));
  return ({ line, fields }: CsvRecord): CsvRow<Name> => {
    const standing = { line, fields, layout };
    if (fields.length !== names.length) {
      const counts = { line, expected: names.length, actual: fields.length };
      return { ...standing, fault: refuse(csvRejections, 'CSV_COLUMN_COUNT', counts) };
    }
    const present = names.map((name, place) => [name, fields[place]]);
    return { ...standing, values: { ...absent, ...Object.fromEntries(present) } };
  };
};

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
  let rowOf: ((record: CsvRecord) => CsvRow<Name>) | undefined;
  for await (const record of csvRecords(source)) {
    if (rowOf) yield rowOf(record);
    else rowOf = readerOf(record, columns);
  }
  if (!rowOf) throw refuse(csvRejections, 'CSV_EMPTY', { line: 1 });
}
