import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// A POSIX shell tells of all processes that it and its descendants waited for; Node tells of itself alone.
const TIMED = '"$@" >run.log 2>&1; code=$?; times; exit $code';
const LIMIT_MS = 600_000;
const SHOWN_LINES = 20;

/** Why processor time cannot be measured here, or nothing. */
export function whyNotMeasurable(platform: NodeJS.Platform = process.platform): string | undefined {
  return platform === 'win32'
    ? 'Windows does not tell what the descendants of a process have used; run this on Linux or macOS.'
    : undefined;
}

/**
 * Runs Node in a folder and returns the seconds that it and its descendants spent on a processor, user and system.
 *
 * @throws Error when the command fails or takes more than ten minutes, with the end of its output.
 */
export async function processorSeconds(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn('sh', ['-c', TIMED, 'sh', process.execPath, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LIMIT_MS,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return secondsOfDescendants(output);
  const log = readFileSync(join(cwd, 'run.log'), 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES);
  throw new Error([`A measured run ended with code ${code}. Its last lines:`, ...log].join('\n'));
}

/**
 * Reads what the shell's `times` prints: its own time on the first line, its descendants' on the second.
 *
 * @throws Error for anything else.
 */
export function secondsOfDescendants(output: string): number {
  const times = [...output.trim().matchAll(/(\d+)m(\d+[.,]\d+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds?.replace(',', '.')),
  );
  const [, , user, system] = times;
  if (times.length !== 4 || user === undefined || system === undefined)
    throw new Error(
      `The shell's \`times\` printed something else than four times: ${JSON.stringify(output)}`,
    );
  return user + system;
}
