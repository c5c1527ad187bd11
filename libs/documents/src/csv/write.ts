const needsQuotes = /[",;\r\n]|^\s|\s$/;

export type Separator = ',' | ';';

/**
 * One line of CSV (RFC 4180) with its CR LF, which `readCsv` reads back unchanged. It is not
 * disarmed against formulas: it is for files that are imported again, not opened to be looked at.
 */
export const csvLine = (values: readonly string[], separator: Separator = ','): string => {
  const fields = values.map((value) =>
    needsQuotes.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
  );
  return `${fields.join(separator)}\r\n`;
};
