import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, takeAttempts } from './index.js';
import type { Attempt } from './types.cjs';

const PACKAGE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const DEADLINE_MS = 30_000;

/** The file that `--require` loads, as it is built. */
export const REGISTER = path.join(PACKAGE, 'dist/register.cjs');

/** How a guarded script ended. */
export interface Run {
  stdout: string;
  stderr: string;
  exitCode: number | null;
  attempts: Attempt[];
}

/** Settings of a guarded run. */
export interface RunSettings {
  env?: NodeJS.ProcessEnv;
  flags?: readonly string[];
  /** Options that the script's guard is given, as the first thing in it. */
  options?: object;
  /** Whether the script is an ES module; default true. */
  esm?: boolean;
}

/**
 * Runs a script in a guarded Node process inside this package, so that its development dependencies resolve. In an
 * ES module everything of the package is in scope as `guard`.
 */
export async function runGuarded(script: string, settings: RunSettings = {}): Promise<Run> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guarded-'));
  const report = path.join(folder, 'attempts.jsonl');
  const esm = settings.esm ?? true;
  const file = path.join(folder, esm ? 'script.test.mjs' : 'script.test.cjs');
  const options = JSON.stringify({ reportFile: report, ...settings.options });
  const load = `const load = require('node:module').createRequire(${JSON.stringify(path.join(PACKAGE, 'package.json'))});`;
  const head = esm
    ? `import * as guard from ${JSON.stringify(path.join(PACKAGE, 'dist/index.js'))}; import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${load} guard.installGuard(${options});`
    : `const guard = require(${JSON.stringify(path.join(PACKAGE, 'dist/guard.cjs'))}); ${load} guard.installGuard(${options});`;
  fs.writeFileSync(file, `${head}\n${script}\n`);
  try {
    const args = ['--no-warnings', '--require', REGISTER, ...(settings.flags ?? []), file];
    const ended = await run(args, { ...process.env, ...settings.env });
    return { ...ended, attempts: recorded(report) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
    // The attempts of these scripts are wanted: where this suite runs under a guard itself, they are no escapes.
    if (isInstalled()) takeAttempts();
  }
}

function recorded(report: string): Attempt[] {
  if (!fs.existsSync(report)) return [];
  const lines = fs.readFileSync(report, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { attempt: Attempt }).attempt);
}

/** Runs Node and collects what it says. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Omit<Run, 'attempts'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: DEADLINE_MS,
    });
    const chunks = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      chunks.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      chunks.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ ...chunks, exitCode }));
  });
}
