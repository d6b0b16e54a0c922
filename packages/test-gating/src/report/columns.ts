import { wrapped } from './wrapped.js';

/**
 * Left-aligned columns, numbers to the right, two spaces apart, with one space before; the last column wraps.
 *
 * @param width Columns of the terminal. @default no limit
 */
export function columns(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string[] {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(
      ...rows.map((row) =>
        column < row.length - 1 || row.length === count ? (row[column]?.length ?? 0) : 0,
      ),
    ),
  );
  return rows.flatMap((row) => {
    const before = row.slice(0, -1).map((cell, column) => pad(cell, widths[column] ?? 0));
    const label = ` ${before.map((cell) => `${cell}  `).join('')}`;
    return wrapped(label, pad(row.at(-1) ?? '', row.length === count ? (widths[count - 1] ?? 0) : 0), width);
  });
}

function pad(cell: string, width: number): string {
  return /^\d+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
}
