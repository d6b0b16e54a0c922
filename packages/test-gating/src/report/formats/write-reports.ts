import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_PAGE, type Registry } from '@drydock/workspace';
import type { Ledger } from '../../ledger/schema.js';
import type { RunRecord } from '../history/run-history.js';
import { htmlReport } from '../html/page.js';
import { ctrf } from './ctrf.js';
import { annotations, stepSummary } from './github.js';
import { junit } from './junit.js';

/** A report that is written beside the ledger. */
interface Format {
  readonly file: string;
  readonly format: (ledger: Ledger, registry: Registry, history: readonly RunRecord[]) => string;
}

const FORMATS: readonly Format[] = [
  { file: REPORT_PAGE, format: htmlReport },
  { file: 'junit.xml', format: junit },
  { file: 'ctrf.json', format: ctrf },
];

/** Writes a run's reports into a folder, the page with what earlier runs came to, and returns their paths. */
export function writeReports(
  ledger: Ledger,
  registry: Registry,
  folder: string,
  history: readonly RunRecord[] = [],
): string[] {
  mkdirSync(folder, { recursive: true });
  return FORMATS.map(({ file, format }) => {
    const path = join(folder, file);
    // In one step: another run may write its own at the same time.
    const partial = `${path}.${process.pid}.partial`;
    writeFileSync(partial, format(ledger, registry, history));
    renameSync(partial, path);
    return path;
  });
}

/** Whether a folder holds all reports of a run. */
export function hasReports(folder: string): boolean {
  return FORMATS.every(({ file }) => existsSync(join(folder, file)));
}

/** In a GitHub workflow, writes the step summary and returns the lines that become annotations; elsewhere does nothing. */
export function writeGithubSummary(ledger: Ledger, env: NodeJS.ProcessEnv): string[] {
  if (env.GITHUB_ACTIONS !== 'true') return [];
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${stepSummary(ledger)}\n`);
  return annotations(ledger);
}
