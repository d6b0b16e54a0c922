import { readFileSync, writeFileSync } from 'node:fs';
import { readLedger } from '@drydock/test-gating';
import { backendTables, between } from './backends.js';
import { countLine } from './count.js';
import { failureList } from './failures.js';
import { leaks } from './leaks.js';
import { licenceFaults } from './licences.js';
import { firstCommands, notRun } from './readme-commands.js';

const [command, ...paths] = process.argv.slice(2);
const commands: Record<string, (paths: string[]) => void> = {
  backends,
  count,
  failures,
  licences,
  readme,
  secrets,
};
const chosen = commands[command ?? ''];
if (chosen === undefined) {
  console.error(
    'Usage: main.js backends PAGE LEDGER... | count LEDGER... | failures LEDGER... | licences BILL-OF-MATERIALS | readme README COMMANDS-THAT-RAN | secrets FOLDER...',
  );
  process.exit(2);
}
chosen(paths);

function count(paths: string[]): void {
  console.log(countLine(paths.map(readLedger)));
}

function backends([page = '', ...ledgers]: string[]): void {
  const tables = backendTables(ledgers.map(readLedger));
  writeFileSync(page, between(readFileSync(page, 'utf8'), 'backends', tables));
}

function licences([bill = '']: string[]): void {
  const faults = licenceFaults(JSON.parse(readFileSync(bill, 'utf8')));
  for (const fault of faults) console.error(`${fault}, which is not a permissive licence`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

function secrets(folders: string[]): void {
  const found = folders.flatMap(leaks);
  for (const file of found) console.error(`${file} holds a secret or a payload that a test planted`);
  process.exitCode = found.length > 0 ? 1 : 0;
}

function failures(paths: string[]): void {
  console.log(failureList(paths.map(readLedger)));
}

function readme([readmePath = '', logPath = '']: string[]): void {
  const text = readFileSync(readmePath, 'utf8');
  const ran = readFileSync(logPath, 'utf8').split('\n').filter(Boolean);
  const missing = notRun(text, ran);
  for (const shown of missing) console.error(`${readmePath} shows \`${shown}\`, which did not run here`);
  const shown = firstCommands(text).length;
  if (shown === 0) console.error(`${readmePath} shows no command in its first shell example`);
  process.exitCode = missing.length > 0 || shown === 0 ? 1 : 0;
}
