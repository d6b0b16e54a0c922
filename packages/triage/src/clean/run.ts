import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './clean-environment.js';
import type { CleanLine, CleanRequest } from './protocol.js';

const PROGRAM = fileURLToPath(new URL('./main.js', import.meta.url));
/** Lookups of names block a thread each, and Node has four. */
const THREADS = '32';

/** Options of a clean process. */
export interface CleanOptions {
  /** Environment that is cleaned and passed on. @default process.env */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Milliseconds after which the process is ended, whatever it is doing. */
  readonly deadlineMs: number;
}

/**
 * Runs a request in a separate Node process and returns its findings, also when the deadline cuts it off.
 *
 * Everything goes through files: where sockets are denied, a Node process cannot write to a pipe either.
 */
export async function runClean(request: CleanRequest, options: CleanOptions): Promise<CleanLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-preflight-'));
  const [input, output] = [join(folder, 'request.json'), join(folder, 'lines.jsonl')];
  try {
    writeFileSync(input, JSON.stringify(request));
    await ended(input, output, options);
    return readLines(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ended(input: string, output: string, { env, deadlineMs }: CleanOptions): Promise<void> {
  const descriptor = openSync(output, 'a');
  return new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, input], {
      env: { ...cleanEnvironment(env ?? process.env), UV_THREADPOOL_SIZE: THREADS },
      stdio: ['ignore', descriptor, 'ignore'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
    // In a sandbox Node may report an error for a child that runs all the same: then only its end counts.
    child.once('error', (error) => child.pid === undefined && reject(error));
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  }).finally(() => closeSync(descriptor));
}

/** The last line may be half a line: the process may have been ended while it wrote. */
function readLines(path: string): CleanLine[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as CleanLine);
}
