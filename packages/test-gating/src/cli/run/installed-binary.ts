import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UsageError } from '@drydock/workspace';

/**
 * Absolute path of the program that an installed package names after itself in `bin`.
 *
 * @throws UsageError with the message `whenMissing` where the package is not installed.
 */
export function installedBinary(root: string, packageName: string, whenMissing: string): string {
  const require = createRequire(join(root, 'package.json'));
  try {
    const manifest = require.resolve(`${packageName}/package.json`);
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> };
    return join(dirname(manifest), bin[packageName] as string);
  } catch {
    throw new UsageError(whenMissing);
  }
}
