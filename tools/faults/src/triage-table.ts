import type { Judged } from './judge-faults.js';

const BEGIN = '<!-- faults: begin -->';
const END = '<!-- faults: end -->';

/** Puts the table between the page's markers. */
export function withTable(page: string, rows: readonly Judged[], servers: readonly string[]): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from === -1 || to === -1) throw new Error(`The page lacks its markers ${BEGIN} and ${END}.`);
  return `${page.slice(0, from)}${BEGIN}\n\n${tableOf(rows, servers)}\n\n${page.slice(to)}`;
}

/** The rows that a page's table has: subject, fault, class. */
export function rowsIn(page: string): string[][] {
  const text = page.slice(page.indexOf(BEGIN), page.indexOf(END));
  return text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| asked'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

/** Cells of one row, the same in the page and in a comparison. */
export function cellsOf({ subject, name, own, json, junit }: Judged): string[] {
  return [subject, name, own, alike(json, own), alike(junit, own)].map((cell) => cell.replaceAll('|', '\\|'));
}

function tableOf(rows: readonly Judged[], servers: readonly string[]): string {
  const count = (column: 'json' | 'junit') =>
    rows.filter((row) => row[column] !== 'not enough evidence').length;
  const wrong = rows.filter(({ problem }) => problem !== undefined).length;
  return [
    `${rows.length} faults, ${rows.length - wrong} classified right, ${wrong} wrong; servers: ${servers.join(', ')}.`,
    `From Vitest's JUnit report alone ${count('junit')} have a class, from its JSON report alone ${count('json')}.`,
    '',
    '| asked | fault | class | JSON alone | JUnit alone |',
    '|-|-|-|-|-|',
    ...rows.map((row) => `| ${cellsOf(row).join(' | ')} |`),
  ].join('\n');
}

function alike(found: string, own: string): string {
  return found === own ? 'same' : found;
}
