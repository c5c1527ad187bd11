import { CsvError, parse } from 'csv-parse';
import { refuse } from '#lumbung/kernel';
import { LINE_BREAK, ROW_BYTES_MAX, wholeLines } from './lines.js';
import { csvRejections } from './rejections.js';
import type { Separator } from './write.js';

/** The fields of a row as they stand, and the line on which it begins; the first line is 1. */
export type CsvRecord = { line: number; fields: string[]; separator: Separator };

const isBlank = (text: string) => text.trim() === '';
const breaksIn = (text: string) => text.split(LINE_BREAK).length - 1;

/** `;`, which Excel writes in Indonesia, where the line has more of it than of `,`. */
const separatorOf = (line: string): Separator => {
  const unquoted = line.replace(/"[^"]*"/g, '');
  const parts = (separator: string) => unquoted.split(separator).length;
  return parts(';') > parts(',') ? ';' : ',';
};

// csv-parse repeats fields in its messages, so nothing but its code goes on.
const rejectionOf = (error: Error, line: number): Error => {
  if (!(error instanceof CsvError)) return error;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return refuse(csvRejections, 'CSV_QUOTE_NOT_CLOSED', { line });
    case 'CSV_MAX_RECORD_SIZE':
      return refuse(csvRejections, 'CSV_ROW_TOO_LONG', { line });
    default:
      return refuse(csvRejections, 'CSV_QUOTE_MISPLACED', { line });
  }
};

/** Takes each record out of csv-parse at once, so that none is lost when a later one fails. */
const intake = (firstLine: number, separator: Separator) => {
  let line = firstLine;
  let records: CsvRecord[] = [];
  const take = (fields: string[]) => {
    if (!fields.every(isBlank)) records.push({ line, fields, separator });
    // Every record ends in one break; what more there is stands inside quotes.
    line += fields.reduce((breaks, field) => breaks + breaksIn(field), 1);
    return null;
  };
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: ROW_BYTES_MAX,
    on_record: take,
  });
  // Errors come back from `write` and `end`; without a listener they would end the process too.
  parser.on('error', () => undefined);

  /** The records in `piece`, or the last ones when there is none, and what is wrong after them. */
  return async (piece?: Buffer): Promise<{ taken: CsvRecord[]; fault?: Error }> => {
    const error = await new Promise<Error | null | undefined>((resolve) => {
      if (piece) parser.write(piece, resolve);
      else parser.end(resolve);
    });
    const taken = records;
    records = [];
    return error ? { taken, fault: rejectionOf(error, line) } : { taken };
  };
};

/**
 * The rows of a CSV file, its header among them, without blank ones, which Excel leaves at the
 * end. Rejects with a code of `csvRejections`.
 */
export async function* csvRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  let feed: ReturnType<typeof intake> | undefined;
  let blankLines = 0;
  for await (const piece of wholeLines(source)) {
    if (!feed) {
      const lines = piece.toString().split(LINE_BREAK);
      const header = lines.find((text) => !isBlank(text));
      if (header === undefined) blankLines += lines.length - 1;
      else feed = intake(blankLines + 1, separatorOf(header));
    }
    const { taken, fault } = (await feed?.(piece)) ?? { taken: [] };
    yield* taken;
    if (fault) throw fault;
  }
  const { taken, fault } = (await feed?.()) ?? { taken: [] };
  yield* taken;
  if (fault) throw fault;
}
