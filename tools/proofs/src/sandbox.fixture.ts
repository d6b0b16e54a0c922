import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What one command came to. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** Something that runs a command with less than the machine has. */
export interface Sandbox {
  readonly name: string;
  run(command: readonly string[], options: SpawnSyncOptions): Outcome;
}

/** The guard of a test would be handed to every Node inside; there, the run under test brings its own. */
export const UNGUARDED: readonly string[] = ['env', '-u', 'NODE_OPTIONS', '-u', 'DRYDOCK_GUARD_INHERIT'];

/** No sandbox. */
export const none: Sandbox = sandbox('no sandbox', []);

/** A network namespace with nothing in it, not even a loopback device that is up. */
export const emptyNamespace: Sandbox = sandbox('an empty network namespace', ['unshare', '-rn']);

/** What an agent's sandbox does: the calls that make sockets answer EPERM, Unix sockets included. */
export const deniedSockets: Sandbox = sandbox('denied sockets', [
  'firejail',
  '--quiet',
  '--noprofile',
  '--seccomp=socket,connect,bind,listen,accept,accept4,sendto,getpeername,getsockname',
  '--seccomp-error-action=EPERM',
]);

/** Why a sandbox cannot be used here, or undefined where it can. */
export function unusable({ name, run }: Sandbox): string | undefined {
  const { status, output } = run([process.execPath, '-e', ''], { timeout: 10_000 });
  return status === 0
    ? undefined
    : `${name} cannot be made here: ${output.trim() || 'the program is missing'}`;
}

function sandbox(name: string, wrapper: readonly string[]): Sandbox {
  return {
    name,
    run: (command, options) => {
      const [program = '', ...args] = [...UNGUARDED, ...wrapper, ...command];
      // Into a file: a pipe of Node's is a socket, and where sockets are denied a Node inside cannot write to one.
      const log = join(mkdtempSync(join(tmpdir(), 'drydock-output-')), 'log');
      const output = openSync(log, 'w');
      try {
        // Where calls are denied, `error` may say EPERM although the program ended well: only the status counts.
        const { status } = spawnSync(program, args, { ...options, stdio: ['ignore', output, output] });
        return { status, output: readFileSync(log, 'utf8') };
      } finally {
        closeSync(output);
        rmSync(dirname(log), { recursive: true });
      }
    },
  };
}
