import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest, UsageError } from '@drydock/workspace';
import type { RunRequest } from '../request/run-request.js';
import { NO_VITEST } from './driver/drive-vitest.js';
import { installedBinary } from './installed-binary.js';

const HELP_TIMEOUT_MS = 10_000;
/** Matches a flag where Vitest's help introduces it: `  -c, --config <path>`. */
const INTRODUCED = /^\s+(?:-(?<short>\w), )?--(?<long>[\w.-]+)/gm;

/**
 * Checks the flags for Vitest against those that Vitest's own help lists.
 *
 * @throws UsageError that names the unknown flag and the nearest known one.
 */
export function checkVitestFlags({ vitestArgs, workspaceRoot, registry }: RunRequest): void {
  const given = vitestArgs.flatMap((word) => flagIn(word) ?? []);
  if (given.length === 0 || (registry.inNx && runsAnotherCommand(workspaceRoot))) return;
  const known = knownFlags(workspaceRoot);
  // Without a readable help nothing is refused here; Vitest refuses an unknown flag itself.
  const unknown = known.length === 0 ? undefined : given.find((flag) => !known.includes(flag));
  if (unknown === undefined) return;
  const dashes = unknown.length === 1 ? '-' : '--';
  const guess = nearest(
    unknown,
    known.filter((flag) => dashes === '--' && flag.length > 1),
  );
  const hint = guess === undefined ? 'npx vitest run --help lists its flags.' : `Did you mean --${guess}?`;
  throw new UsageError(`Vitest has no flag ${dashes}${unknown}. ${hint}`);
}

/** Name of a flag as Vitest's parser reads it: `--no-test-timeout.x=1` sets `testTimeout`. */
function flagIn(word: string): string | undefined {
  const { long, short } = /^(?:--(?<long>[a-z][^=.]*)|-(?<short>[a-z])(?==|$))/i.exec(word)?.groups ?? {};
  return long === undefined ? short : plain(long);
}

function plain(flag: string): string {
  return flag.replace(/^no-/, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether the targets of an Nx workspace run a command whose flags are not known here. */
function runsAnotherCommand(workspaceRoot: string): boolean {
  const { plugins = [] } = readJson(join(workspaceRoot, 'nx.json')) as { plugins?: unknown[] };
  const commands = plugins.map((plugin) => (plugin as { options?: { command?: string } })?.options?.command);
  return commands.some((command) => command !== undefined && !command.includes('vitest'));
}

/** A broken file is for Nx to report. */
function readJson(path: string): object {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as object;
  } catch {
    return {};
  }
}

function knownFlags(workspaceRoot: string): string[] {
  const vitest = installedBinary(workspaceRoot, 'vitest', NO_VITEST);
  const { stdout } = spawnSync(process.execPath, [vitest, 'run', '--help'], {
    cwd: workspaceRoot,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    timeout: HELP_TIMEOUT_MS,
  });
  const found = [...(stdout ?? '').matchAll(INTRODUCED)].flatMap(({ groups }) => [
    plain(groups?.long ?? ''),
    groups?.short ?? '',
  ]);
  // Vitest's help leaves out the flags that each of its commands takes.
  return found.length === 0 ? [] : [...found.filter(Boolean), 'version', 'v'];
}
