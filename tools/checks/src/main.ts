import { execFileSync } from 'node:child_process';
import type { Check } from './check.js';
import { compose } from './compose.js';
import { dependenciesMatch } from './dependencies-match.js';
import { documentedCommands } from './documented-commands.js';
import { documentedExports } from './documented-exports.js';
import { drydockCommands } from './drydock-commands.js';
import { exportsExist } from './exports-exist.js';
import { fileLength } from './file-length.js';
import { hashedVariables } from './hashed-variables.js';
import { imports } from './imports.js';
import { links } from './links.js';
import { lockPlatforms } from './lock-platforms.js';
import { noMachinePaths, noProjectJson, noRegistryHosts } from './tree-rules.js';
import { twins } from './twins.js';
import { readWorkspace } from './workspace.js';

const CHECKS: readonly Check[] = [
  imports,
  dependenciesMatch,
  exportsExist,
  documentedExports,
  documentedCommands,
  drydockCommands,
  links,
  hashedVariables,
  fileLength,
  twins,
  noProjectJson,
  noRegistryHosts,
  lockPlatforms,
  compose,
  noMachinePaths,
];

const root = process.cwd();
const workspace = readWorkspace(root, committedFiles(root));
let failed = 0;
for (const { name, run } of CHECKS) {
  const violations = await run(workspace);
  failed += violations.length;
  for (const { where, what } of violations) console.error(`${name}  ${where}: ${what}`);
}
console.log(
  failed === 0
    ? `structure  ${CHECKS.length} checks passed over ${workspace.packages.length} packages`
    : `structure  ${failed} violations`,
);
process.exitCode = failed === 0 ? 0 : 1;

function committedFiles(folder: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\0').filter(Boolean);
}
