import { join } from 'node:path';

/** Folder at the workspace's root for everything that runs write. */
const STATE_FOLDER = '.drydock';

/**
 * Name of a project's folder below `.drydock`: the package's name without `@`, with `-` for `/`
 * (`@drydock/storage-redis` gives `drydock-storage-redis`).
 */
export function projectFolder(projectName: string): string {
  return projectName.replace(/^@/, '').replaceAll('/', '-');
}

/** Folder of a project's ledger: `.drydock/drydock-storage-redis` for `@drydock/storage-redis`. */
export function ledgerFolder(workspaceRoot: string, projectName: string): string {
  return join(workspaceRoot, STATE_FOLDER, projectFolder(projectName));
}

/** Where servers that were brought up are remembered; it holds passwords and is never committed. */
export function serviceStateFolder(workspaceRoot: string): string {
  return join(workspaceRoot, STATE_FOLDER, 'services');
}
