/** A column's heading; amounts stand to the right. */
export type Column = { heading: string; right?: boolean };

/** Lines of a plain table: headings, a rule, and the rows, as wide as they need to be. */
export const tableOf = (columns: readonly Column[], rows: readonly string[][]): string[] => {
  const widths = columns.map(({ heading }, index) =>
    rows.reduce((wide, row) => Math.max(wide, (row[index] ?? '').length), heading.length),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ right }, index) => {
        const cell = cells[index] ?? '';
        const width = widths[index] ?? 0;
        return right ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(columns.map(({ heading }) => heading)), rule, ...rows.map(line)];
};
