/** Rows as they follow in the file, with how many lie between two that do not. */
export function withGaps<Row extends { readonly line: number }>(
  rows: readonly Row[],
): readonly (Row | { readonly gap: number; readonly after: number })[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const gap = before === undefined ? 0 : row.line - before.line - 1;
    return gap > 0 && before !== undefined ? [{ gap, after: before.line }, row] : [row];
  });
}
