import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { produceFaults } from './produce-faults.js';
import { cellsOf, rowsIn, withTable } from './triage-table.js';

const root = join(import.meta.dirname, '../../..');
const page = join(root, 'docs/guide/triage.md');

const { rows, servers, absent } = await produceFaults(root, (line) => console.error(` ${line}`));
const wrong = rows.filter(({ problem }) => problem !== undefined);
for (const row of rows.filter(({ problem }) => process.argv.includes('--all') || problem !== undefined))
  console.log(
    ` ${row.problem ? '✖' : '✔'} ${row.subject}: ${row.name}\n     expected ${row.expected}; ${row.problem ?? 'right'}\n     own ${row.own} · JSON ${row.json} · JUnit ${row.junit}\n     ${row.evidence}`,
  );
for (const what of absent) console.log(` not to be had here: ${what}`);
console.log(` ${rows.length} faults, ${rows.length - wrong.length} classified right, ${wrong.length} wrong`);
if (process.argv.includes('--write'))
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), rows, servers));
const told = new Set(rowsIn(readFileSync(page, 'utf8')).map((cells) => cells.join(' | ')));
const untold = rows.map((row) => cellsOf(row).join(' | ')).filter((row) => !told.has(row));
for (const row of untold) console.log(` not in docs/guide/triage.md: ${row}`);
if (rows.length === 0) console.log(' nothing could be produced here');
process.exitCode = wrong.length === 0 && untold.length === 0 && rows.length > 0 ? 0 : 1;
