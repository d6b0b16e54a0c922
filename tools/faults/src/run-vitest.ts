import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProducedFault } from './facts-reporter.js';

const SOURCES = join(import.meta.dirname, '../src/faults');
const REPORTER = join(import.meta.dirname, 'facts-reporter.js');
const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const DEADLINE_MS = 300_000;

/** One run of the faults as it was told in three ways. */
export interface FaultRun {
  readonly faults: readonly ProducedFault[];
  /** Vitest's own JSON report. */
  readonly json: string;
  /** Vitest's own JUnit report. */
  readonly junit: string;
}

/** Lets the faults of some files happen, behind walls where a command to put in front is given. */
export async function runFaults(
  files: readonly string[],
  env: Readonly<Record<string, string>>,
  wall: readonly string[] = [],
): Promise<FaultRun> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-faults-run-'));
  const facts = join(folder, 'faults.json');
  const names = files.map((file) => `${file}.faults.ts`);
  const args = [
    ...names,
    `--config=${join(SOURCES, 'vitest.config.ts')}`,
    `--root=${SOURCES}`,
    `--reporter=${REPORTER}`,
  ];
  try {
    const reports = await runVitest(args, folder, { ...env, FAULTS_FILE: facts }, wall);
    return { ...reports, faults: JSON.parse(readFileSync(facts, 'utf8')) as ProducedFault[] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs Vitest, which writes its JSON and its JUnit report into a folder. */
export async function runVitest(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
  wall: readonly string[] = [],
): Promise<{ json: string; junit: string }> {
  const json = join(folder, 'out.json');
  const junit = join(folder, 'out.xml');
  const reporters = [
    '--reporter=json',
    `--outputFile.json=${json}`,
    '--reporter=junit',
    `--outputFile.junit=${junit}`,
  ];
  const command = [...wall, process.execPath, VITEST, 'run', ...args, ...reporters];
  const output = await runToItsEnd(command, folder, { ...cleanEnvironment(), ...env });
  try {
    return { json: readFileSync(json, 'utf8'), junit: readFileSync(junit, 'utf8') };
  } catch {
    throw new Error(`Vitest wrote no report:\n${output.slice(-2_000)}`);
  }
}

function runToItsEnd(
  [file = '', ...args]: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const child = spawn(file, args, {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
  });
  let output = '';
  const take = (text: Buffer) => {
    output += text.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}

/** Neither the harness’s settings nor anybody's keys and addresses. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...(LANG && { LANG }), NO_COLOR: '1' };
}
