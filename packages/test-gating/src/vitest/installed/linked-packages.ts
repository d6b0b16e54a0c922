import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const IN_WORKER = ['@drydock/test-gating/vitest', '@drydock/workspace', '@drydock/redaction'];

/**
 * Patterns of the harness's own files where it is linked and not installed: Vite transforms whatever is outside of
 * `node_modules`, for each worker anew, and these files are ready for Node.
 */
export function linkedPackages(): RegExp[] {
  const folders = IN_WORKER.map((name) => dirname(realpathSync(fileURLToPath(import.meta.resolve(name)))));
  return folders
    .filter((folder) => !folder.split(sep).includes('node_modules'))
    .map(
      (folder) =>
        new RegExp(
          `^${literal(
            folder
              .split(sep)
              .join('/')
              .replace(/\/dist\/.*$/, '/dist'),
          )}/`,
        ),
    );
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
