import fs from 'node:fs';
import path from 'node:path';

const { accessSync, closeSync, constants, openSync, readSync, realpathSync, statSync } = fs;
const { delimiter, resolve } = path;
const WINDOWS = process.platform === 'win32';
/** File systems keep time in steps. */
const CLOCK_STEP_MS = 20;
/** Where the C library looks when an environment holds no PATH. */
const DEFAULT_PATH = '/usr/local/bin:/bin:/usr/bin';

/** The file that the system starts for a program's name or path; undefined where there is none. */
export function locate(file: string, env: readonly string[], cwd: string | undefined): string | undefined {
  if (/[\\/]/.test(file)) return real(resolve(cwd ?? '.', file));
  const endings = WINDOWS ? ['', '.exe', '.cmd', '.bat'] : [''];
  for (const folder of searchPath(env).split(delimiter))
    for (const ending of endings) {
      const candidate = resolve(cwd ?? '.', folder, file + ending);
      if (isProgram(candidate)) return real(candidate);
    }
  return undefined;
}

// The system searches the child's PATH, spelled exactly so, and never this process' own. The guard has to find the same
// file, or it would judge another program than the one that starts.
function searchPath(env: readonly string[]): string {
  const given = env.find((pair) => (WINDOWS ? /^path=/i : /^PATH=/).test(pair))?.slice('PATH='.length);
  if (given !== undefined) return given;
  return process.platform === 'linux' ? DEFAULT_PATH : (process.env.PATH ?? DEFAULT_PATH);
}

/** The path with all links resolved; undefined where there is no such file. */
export function real(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

/** Whether a file was made, moved or changed after a moment. */
export function isNewerThan(file: string, moment: number): boolean {
  try {
    return statSync(file).ctimeMs >= moment - CLOCK_STEP_MS;
  } catch {
    return false;
  }
}

/** Whether a file was made after a moment, whatever became of it since. */
export function isBornAfter(file: string, moment: number): boolean {
  try {
    const { birthtimeMs, ctimeMs } = statSync(file);
    // Older kernels do not know it of a file in memory.
    return (birthtimeMs || ctimeMs) >= moment - CLOCK_STEP_MS;
  } catch {
    return false;
  }
}

/** The first line of a file. */
export function firstLine(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(256);
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    closeSync(descriptor);
    return bytes.toString('utf8', 0, length).split('\n')[0] ?? '';
  } catch {
    return '';
  }
}

function isProgram(candidate: string): boolean {
  try {
    accessSync(candidate, constants.X_OK);
    return statSync(candidate).isFile();
  } catch {
    return false;
  }
}
