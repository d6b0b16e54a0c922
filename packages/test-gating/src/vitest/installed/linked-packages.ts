import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const IN_WORKER = ['@drydock/test-gating/vitest', '@drydock/workspace', '@drydock/redaction'];

/**
 * Patterns of the harness's own files where it is linked and not installed: Vite transforms whatever is outside of
 * `node_modules`, for each worker anew, and these files are ready for Node.
 */
export function linkedPackages(): RegExp[] {
  return IN_WORKER.map(builtFolder)
    .filter((folder) => !folder.split('/').includes('node_modules'))
    .map((folder) => new RegExp(`^${literal(folder)}/`));
}

/** Folder with the built files of a package, with `/`. */
function builtFolder(entry: string): string {
  const path = realpathSync(fileURLToPath(import.meta.resolve(entry)));
  return path
    .split(sep)
    .join('/')
    .replace(/\/dist\/.*$/, '/dist');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
