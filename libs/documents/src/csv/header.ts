import { refuse } from '#lumbung/kernel';
import type { CsvRecord } from './records.js';
import { csvRejections } from './rejections.js';

/**
 * A column that a file may or must have. It is found by its name or an alias, in any case, with
 * or without spaces and underscores.
 */
export type Column<Name extends string = string> = {
  readonly name: Name;
  readonly aliases?: readonly string[];
  /** May be left out of the file; its values are then empty. */
  readonly optional?: boolean;
};

const canonical = (title: string) => title.toLowerCase().replace(/[\s_]/g, '');

/** The column in each place of the row. Throws `Rejection`. */
export const columnsOf = <Name extends string>(
  { line, fields }: CsvRecord,
  columns: readonly Column<Name>[],
): Name[] => {
  const names = new Map<string, Name>();
  for (const { name, aliases = [] } of columns) {
    for (const title of [name, ...aliases]) names.set(canonical(title), name);
  }
  const found = fields.map((title) => names.get(canonical(title)));
  if (found.every((name) => name === undefined)) {
    throw refuse(csvRejections, 'CSV_HEADER_MISSING', { line });
  }
  const strangers = [...found.keys()].filter((place) => found[place] === undefined);
  const missing = columns.filter(({ name, optional }) => !optional && !found.includes(name));
  // In a file without a header this row is a person: so its words are told only as places.
  if (missing.length > 0) {
    throw refuse(csvRejections, 'CSV_COLUMNS_MISSING', {
      line,
      missing: missing.map(({ name }) => name),
      strangers: strangers.map((place) => place + 1),
    });
  }
  if (strangers.length > 0) {
    const unknown = strangers.map((place) => fields[place]?.trim() || `(ke-${place + 1})`);
    throw refuse(csvRejections, 'CSV_COLUMNS_UNKNOWN', { line, unknown });
  }
  const present = found.filter((name) => name !== undefined);
  const twice = present.find((name, place) => present.indexOf(name) < place);
  if (twice) throw refuse(csvRejections, 'CSV_COLUMN_TWICE', { line, column: twice });
  return present;
};
