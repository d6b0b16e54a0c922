import { join } from 'node:path';

/** Folder at the workspace's root for everything that runs write. */
export const STATE_FOLDER = '.drydock';

/** Name of the file of a ledger. */
export const LEDGER = 'ledger.json';

/** Output of Nx in a run that it drives, relative to the workspace's root. */
export const NX_LOG = join(STATE_FOLDER, 'nx.log');

/** Path of the folder for everything that runs write. */
export function stateFolder(workspaceRoot: string): string {
  return join(workspaceRoot, STATE_FOLDER);
}

/**
 * Name of a project's folder below the state folder: the package's name without `@`, with `-` for `/`
 * (`@drydock/storage-redis` gives `drydock-storage-redis`).
 */
export function projectFolder(projectName: string): string {
  return projectName.replace(/^@/, '').replaceAll('/', '-');
}

/** Path of the ledger in which a run merges those of its projects. */
export function ledgerFile(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), LEDGER);
}

/** Path of a project's ledger: `.drydock/drydock-storage-redis/ledger.json` for `@drydock/storage-redis`. */
export function projectLedgerFile(workspaceRoot: string, projectName: string): string {
  return join(stateFolder(workspaceRoot), projectFolder(projectName), LEDGER);
}

/** Path of the file in which all processes of a run count their real calls, so that they share one spend cap. */
export function spendFile(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), 'llm-spend.jsonl');
}

/** Path of the file in which the workers of a `--learn` run note the endpoints that they reach. */
export function learnFile(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), 'learned.jsonl');
}

/** Path of the file in which the tasks of a run note mistakes in configuration, which `drydock run` ends with. */
export function usageFile(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), 'usage.txt');
}

/** Path of the file that is there where a reporter of Vitest's writes to standard output for programs. */
export function machineOutputFile(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), 'machine-output');
}

/** Path of the file in which tasks tell the run around them what their servers do. */
export function progressFile(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), 'progress.jsonl');
}

/** Name of the report for people among those of a run. */
export const REPORT_PAGE = 'report.html';

/** Path of the page of the last run. */
export function reportPage(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), REPORT_PAGE);
}

/** Path of the folder for the records of earlier runs. */
export function historyFolder(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), 'history');
}

/** Where servers that were brought up are remembered; it holds passwords and is never committed. */
export function serviceStateFolder(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), 'services');
}
