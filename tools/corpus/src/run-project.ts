import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CorpusProject } from './corpus-project.fixture.js';
import type { Installation } from './installation.js';
import { plantProject, type Way } from './plant-project.js';

const REPORTER = fileURLToPath(new URL('../src/failed-tests-reporter.mjs', import.meta.url));
const MOST_MS = 120_000;

/** What one run of a project did. */
export interface Run {
  readonly code: number;
  /** Failed tests, suites and files by name, sorted; undefined where no reporter could be added. */
  readonly failed: readonly string[] | undefined;
  readonly output: string;
}

/** Plants a project, runs it one way and removes it again. */
export async function runProject(project: CorpusProject, way: Way, installation: Installation): Promise<Run> {
  const root = plantProject(project, way, installation.modules);
  try {
    const failedFile = join(root, 'corpus-failed.json');
    const { code, output } = await execute(installation.node, argumentsOf(project, way, installation), root, {
      CORPUS_FAILED: failedFile,
    });
    const failed = existsSync(failedFile)
      ? (JSON.parse(readFileSync(failedFile, 'utf8')) as string[])
      : undefined;
    return { code, output, failed };
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function argumentsOf(
  { args = [], named, test = '', files }: CorpusProject,
  way: Way,
  { modules }: Installation,
): string[] {
  const ownReporter = args.some((arg) => arg.startsWith('--reporter')) || test.includes('reporters:');
  const reporters = ownReporter ? [] : ['--reporter=default', `--reporter=${REPORTER}`];
  const all = [...args, ...reporters];
  if (way === 'plain' || way === 'vitest') return [join(modules, 'vitest/vitest.mjs'), 'run', ...all];
  const path = named
    ? [Object.keys(files)[0] as string].map((file) => (way === 'nx' ? `packages/own/${file}` : file))
    : [];
  // Nx hands its own arguments on; the reporter's file would be lost in its cache's key.
  const passed = way === 'nx' ? args : all;
  return [
    join(modules, '@drydock/test-gating/bin/drydock.js'),
    'run',
    ...path,
    ...(passed.length > 0 ? ['--', ...passed] : []),
  ];
}

function execute(node: string, args: readonly string[], cwd: string, env: Record<string, string>) {
  const child = spawn(node, args, {
    cwd,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const deadline = setTimeout(() => child.kill('SIGKILL'), MOST_MS);
  return new Promise<{ code: number; output: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      resolve({ code: code ?? -1, output: signal ? `${output}\n(ended by ${signal})` : output });
    });
  });
}

/** Nothing of the run around this one: no level, no reporter of an agent or of CI, no colours. */
function plainEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', SystemRoot } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR: tmpdir(),
    NO_COLOR: '1',
    DRYDOCK_NO_WALL: '1',
    NX_DAEMON: 'false',
    ...(SystemRoot && { SystemRoot }),
  };
}
