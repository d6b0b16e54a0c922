import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FOLDERS, REPOSITORY } from './published.js';
import { CACHE } from './registry.js';

// Fetched when somebody asks: nothing of them is in the lock file.
const LINTERS = ['publint@0.3.25', '@arethetypeswrong/cli@0.18.5', 'knip@6.44.2'];
const MOST_MS = 300_000;
const AT_ONCE = 2;

/** A command over the release, and what it is called. */
interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const linters = join(CACHE, 'release-linters');
const linter = (name: string) => join(linters, 'node_modules/.bin', name);
if (!['publint', 'attw', 'knip'].every((name) => existsSync(linter(name)))) {
  mkdirSync(linters, { recursive: true });
  await run(
    ['npm', 'install', '--prefix', linters, '--no-save', '--ignore-scripts', '--silent', ...LINTERS],
    linters,
  );
}
const work = mkdtempSync(join(tmpdir(), 'drydock-release-'));
try {
  const checks = [...(await Promise.all(FOLDERS.map(packageChecks))).flat(), ...workspaceChecks()];
  const problems = await inTurns(checks, problemOf);
  for (const problem of problems) console.error(`\n${problem}`);
  console.log(`release  ${checks.length - problems.length} of ${checks.length} checks passed`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** What a tarball has to hold, as npm packs it. CommonJS loads ES modules by `require` on every Node that is supported. */
async function packageChecks(folder: string, index: number): Promise<Check[]> {
  const to = mkdtempSync(join(work, `${index}-`));
  await run(['npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', to], folder);
  const [name = ''] = readdirSync(to);
  const tarball = join(to, name);
  return [
    { name: `publint ${name}`, command: [linter('publint'), tarball, '--strict'] },
    {
      name: `are-the-types-wrong ${name}`,
      command: [linter('attw'), tarball, '--profile', 'esm-only', '--no-color', '--no-emoji'],
    },
  ];
}

/** What nobody imports, and the version, the changelog and the commit that a release would make. */
function workspaceChecks(): Check[] {
  const release = ['release', '--dry-run', '--skip-publish', '--first-release'];
  return [
    { name: 'knip', command: [linter('knip'), '--no-progress', '--reporter', 'compact'] },
    { name: 'nx release', command: ['npx', '--no-install', 'nx', ...release] },
  ];
}

/** What a command said, where it failed. */
async function problemOf({ name, command }: Check): Promise<string | undefined> {
  try {
    await run(command, REPOSITORY);
    return undefined;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `${name}\n${stdout}${stderr}`.trim();
  }
}

function run([program = '', ...args]: readonly string[], cwd: string) {
  const env = { ...process.env, NX_DAEMON: 'false', NO_COLOR: '1' };
  return promisify(execFile)(program, args, { cwd, env, timeout: MOST_MS, maxBuffer: 64 * 1024 * 1024 });
}

/** Runs all, a few at once, and returns what is not undefined. */
async function inTurns<T>(
  items: readonly T[],
  each: (item: T) => Promise<string | undefined>,
): Promise<string[]> {
  const rest = items.values();
  const found: string[] = [];
  const turn = async () => {
    for (const item of rest) {
      const result = await each(item);
      if (result !== undefined) found.push(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
  return found;
}
