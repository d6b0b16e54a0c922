import { existsSync } from 'node:fs';
import { join } from 'node:path/posix';

const BUILT = '/dist/';

/**
 * The folder of built files that a path lies in: a `dist` right below the root or beside a package.json. Any other
 * folder of that name holds sources like the rest.
 */
export function builtFolderOf(path: string, root: string): string | undefined {
  for (let at = path.indexOf(BUILT); at !== -1; at = path.indexOf(BUILT, at + 1)) {
    const parent = path.slice(0, at);
    if (parent === root || (parent.startsWith(`${root}/`) && existsSync(join(parent, 'package.json'))))
      return join(parent, 'dist');
  }
  return undefined;
}
