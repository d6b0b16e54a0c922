import { stripVTControlCharacters } from 'node:util';
import type { CaseResult, ConformanceReport } from './report.js';

const OUTCOMES = ['holds', 'fails', 'not applicable'] as const;

/** A report as a table: what holds in each group, what the backend is like, and what fails, does not apply or was not tried. */
export function formatMatrix({ name, results, capabilities, notTried }: ConformanceReport): string {
  const areas = [...new Set(results.map(areaOf))];
  const counts = areas.map((area) => {
    const own = results.filter((result) => areaOf(result) === area);
    return [area, ...OUTCOMES.map((outcome) => String(countOf(own, outcome)))];
  });
  const total = ['all', ...OUTCOMES.map((outcome) => String(countOf(results, outcome)))];
  const sections: [string, readonly string[]][] = [
    ['what it is like', aligned(Object.entries(capabilities).map(([key, value]) => [key, shown(value)]))],
    ['fails', reasons(results, 'fails')],
    ['does not apply', reasons(results, 'not applicable')],
    ['not tried', aligned(Object.entries(notTried).map(([option, what]) => [what, `give \`${option}\``]))],
  ];
  return [
    `storage conformance: ${name}`,
    '',
    ...aligned([['group', ...OUTCOMES], ...counts, total]),
    ...sections.flatMap(([title, lines]) => (lines.length === 0 ? [] : ['', title, ...lines])),
    '',
  ].join('\n');
}

function areaOf({ path }: CaseResult): string {
  return path[0] ?? '';
}

function countOf(results: readonly CaseResult[], outcome: CaseResult['outcome']): number {
  return results.filter((result) => result.outcome === outcome).length;
}

function reasons(results: readonly CaseResult[], outcome: CaseResult['outcome']): string[] {
  return results
    .filter((result) => result.outcome === outcome)
    .map(({ path, name, reason }) => {
      const [why = ''] = stripVTControlCharacters(reason ?? '').split('\n');
      return ` ${[...path, name].join(' > ')}: ${why.slice(0, 300)}`;
    });
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'function') return 'some';
  return typeof value === 'object' ? JSON.stringify(value).replaceAll('"', '') : String(value);
}

/** Rows with their columns under each other, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      column > 0 && row.length > 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    return ` ${cells.join('  ')}`.trimEnd();
  });
}
