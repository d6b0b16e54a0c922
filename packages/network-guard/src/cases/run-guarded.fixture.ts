import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, takeAttempts, withPolicy } from '../index.cjs';
import type { Attempt } from '../types.cjs';
import { type ProcessResult, runNode } from './run-node.js';

const PACKAGE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const DEADLINE_MS = 30_000;

/** The built file that `--require` loads. */
export const REGISTER = path.join(PACKAGE, 'dist/bundle/register.cjs');

/** The built entry of the package. */
export const GUARD = path.join(PACKAGE, 'dist/bundle/index.cjs');

/** Lets a test of this package open servers on loopback, also where the suite itself runs under a guard. */
export function withLoopback<T>(run: () => T): T {
  return isInstalled() ? withPolicy({ loopbackServers: true }, run) : run();
}

/** The result of a guarded script and the attempts that it made. */
export interface Run extends ProcessResult {
  attempts: Attempt[];
}

/** Settings of a guarded run. */
export interface RunSettings {
  env?: NodeJS.ProcessEnv;
  flags?: readonly string[];
  /** Options that the script's guard is given, as the first thing in it. */
  options?: object;
  /** Whether the script installs the guard itself, with `install()`, after it did something else; default false. */
  late?: boolean;
}

/**
 * Runs a script in a guarded Node process inside this package, so that its development dependencies resolve with
 * `load`. Everything that the package exports is in scope as `guard`.
 */
export async function runGuarded(script: string, settings: RunSettings = {}): Promise<Run> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guarded-'));
  const report = path.join(folder, 'attempts.jsonl');
  const file = path.join(folder, 'script.test.mjs');
  // The run of this suite may be in a network namespace and has a policy of its own; the script acts as if there were none.
  const strict = { osWall: false, loopbackServers: false, programs: [], programsEnv: {} };
  const options = JSON.stringify({ reportFile: report, summary: false, ...strict, ...settings.options });
  const head = [
    `import * as guard from ${JSON.stringify(GUARD)};`,
    `import { createRequire } from 'node:module';`,
    `const require = createRequire(import.meta.url);`,
    `const load = createRequire(${JSON.stringify(path.join(PACKAGE, 'package.json'))});`,
    `const install = () => { guard.installGuard(${options}); guard.setCurrentFile(undefined); };`,
    settings.late ? '' : 'install();',
  ].join(' ');
  fs.writeFileSync(file, `${head}\n${script}\n`);
  try {
    const preload = settings.late ? [] : ['--require', REGISTER];
    const args = ['--no-warnings', ...preload, ...(settings.flags ?? []), file];
    const ended = await run(args, { ...process.env, ...settings.env });
    return { ...ended, attempts: recorded(report) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
    // These attempts are intended: a guard over this suite must not report them.
    if (isInstalled()) takeAttempts();
  }
}

function recorded(report: string): Attempt[] {
  if (!fs.existsSync(report)) return [];
  const lines = fs.readFileSync(report, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { attempt: Attempt }).attempt);
}

/** Runs this Node with arguments and an environment. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<ProcessResult> {
  return runNode(process.execPath, args, { env, deadlineMs: DEADLINE_MS });
}
