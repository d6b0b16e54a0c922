/** Left-aligned columns, numbers to the right, two spaces apart, with one space before. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(
      ...rows.map((row) =>
        column < row.length - 1 || row.length === count ? (row[column]?.length ?? 0) : 0,
      ),
    ),
  );
  return rows.map((row) =>
    ` ${row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

function pad(cell: string, width: number): string {
  return /^\d+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
}
