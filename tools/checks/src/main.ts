import { writeFileSync } from 'node:fs';
import type { Check } from './check.js';
import { documentedCommands } from './docs/documented-commands.js';
import { documentedExports } from './docs/documented-exports.js';
import { drydockCommands } from './docs/drydock-commands.js';
import { links } from './docs/links.js';
import { whereDoI } from './docs/where-do-i.js';
import { compose } from './generated/compose.js';
import { defaultDeadlines } from './generated/default-deadlines.js';
import { lockPlatforms } from './generated/lock-platforms.js';
import { arrows } from './packages/arrows.js';
import { circles } from './packages/circles.js';
import { dependenciesMatch } from './packages/dependencies-match.js';
import { exportsExist } from './packages/exports-exist.js';
import { hashedVariables } from './packages/hashed-variables.js';
import { imports } from './packages/imports.js';
import { readyToPack } from './packages/ready-to-pack.js';
import { twins } from './packages/twins.js';
import { fileLength } from './tree/file-length.js';
import { folderSize } from './tree/folder-size.js';
import { namesInTables } from './tree/names-in-tables.js';
import { oldNames } from './tree/old-names.js';
import { oneOwner } from './tree/one-owner.js';
import { noMachinePaths, noProjectJson, noRegistryHosts } from './tree/tree-rules.js';
import { readWorkspace } from './workspace.js';

const CHECKS: readonly Check[] = [
  imports,
  arrows,
  circles,
  dependenciesMatch,
  exportsExist,
  readyToPack,
  documentedExports,
  documentedCommands,
  drydockCommands,
  links,
  whereDoI,
  hashedVariables,
  fileLength,
  folderSize,
  twins,
  oldNames,
  oneOwner,
  namesInTables,
  noProjectJson,
  noRegistryHosts,
  lockPlatforms,
  compose,
  defaultDeadlines,
  noMachinePaths,
];

const workspace = readWorkspace(process.cwd());
if (process.argv.includes('--write'))
  for (const check of CHECKS)
    for (const [file, text] of Object.entries((await check.generate?.(workspace)) ?? {}))
      writeFileSync(file, text);
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
