import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@drydock/workspace';

/**
 * Refuses a run of another copy of Vitest than the one that the harness imports: each copy has a state of its own, so that
 * assertions which a test announced, for example, would be counted in one and checked in the other.
 *
 * @throws UsageError with both folders.
 */
export function requireOneVitest(running: string, imported = importedVitest()): void {
  if (realpathSync(running) === realpathSync(imported)) return;
  throw new UsageError(
    `Two copies of Vitest are installed: ${dirname(running)} runs the tests, and @drydock/test-gating imports ${dirname(imported)}. ` +
      'Install one version for both, for example by npm dedupe.',
  );
}

function importedVitest(): string {
  return dirname(fileURLToPath(import.meta.resolve('vitest')));
}
