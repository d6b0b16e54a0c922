import { join } from 'node:path';

/** Folder at the workspace's root for everything that runs write. */
export const STATE_FOLDER = '.drydock';

/** Name of the file of a ledger. */
export const LEDGER = 'ledger.json';

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

/** Path of the folder that holds a folder for each of the last runs, so that two runs at once share no file. */
export function runsFolder(workspaceRoot: string): string {
  return join(stateFolder(workspaceRoot), 'runs');
}

/** Path of a project's ledger in the folder of a run. */
export function ledgerInRun(runFolder: string, projectName: string): string {
  return join(runFolder, projectFolder(projectName), LEDGER);
}

/** Path of the output of Nx in the folder of a run that it drives. */
export function nxLog(runFolder: string): string {
  return join(runFolder, 'nx.log');
}

/** Path of the file in which all processes of a run count their real calls, so that they share one spend cap. */
export function spendFile(runFolder: string): string {
  return join(runFolder, 'llm-spend.jsonl');
}

/** Path of the file in which the workers of a `--learn` run note the endpoints that they reach. */
export function learnFile(runFolder: string): string {
  return join(runFolder, 'learned.jsonl');
}

/** Path of the file in which the tasks of a run note mistakes in configuration, which `drydock run` ends with. */
export function usageFile(runFolder: string): string {
  return join(runFolder, 'usage.txt');
}

/** Path of the file that is there where a reporter of Vitest's writes to standard output for programs. */
export function machineOutputFile(runFolder: string): string {
  return join(runFolder, 'machine-output');
}

/** Path of the file in which tasks tell the run around them what their servers do. */
export function progressFile(runFolder: string): string {
  return join(runFolder, 'progress.jsonl');
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
