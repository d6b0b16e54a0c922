import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, install, link, nodeOf, REPOSITORY } from './installation.js';

// StrykerJS needs Node 22 and is fetched when somebody asks: nothing of it is in the lock file.
const NODE = 24;
const PACKAGES = ['@stryker-mutator/core@10', '@stryker-mutator/vitest-runner@10'];
const CONFIG = 'tools/corpus/mutation/stryker.config.json';

const folder = join(CACHE, 'stryker');
const modules = join(folder, 'node_modules');
const stryker = join(modules, '@stryker-mutator/core/bin/stryker.js');
const node = nodeOf({ node: NODE });
if (!existsSync(stryker)) install(folder, PACKAGES);
if (!existsSync(node)) install(join(CACHE, `node/${NODE}`), [`node-linux-${process.arch}@${NODE}`]);
// With a Vitest of its own, StrykerJS would see none of the tests; a link of another checkout may lead nowhere.
const own = ['vitest', 'typescript'];
for (const name of own) rmSync(join(modules, name), { recursive: true, force: true });
link(join(REPOSITORY, 'node_modules'), own, modules);
const { status } = spawnSync(node, [stryker, 'run', CONFIG], { cwd: REPOSITORY, stdio: 'inherit' });
process.exitCode = status ?? 1;
