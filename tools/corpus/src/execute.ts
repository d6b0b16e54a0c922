import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

const MOST_MS = 120_000;
// The guard of a test around this would be handed to every Node inside; there, the run under test brings its own.
const UNGUARDED =
  process.platform === 'win32' ? [] : ['env', '-u', 'NODE_OPTIONS', '-u', 'DRYDOCK_GUARD_INHERIT'];

/** How a process ended. */
export interface Ended {
  /** Exit code; -1 where a signal ended it. */
  readonly code: number;
  /** What it wrote to both streams. */
  readonly output: string;
}

/** Runs a script of Node's to its end, for at most two minutes. */
export function execute(node: string, args: readonly string[], cwd: string): Promise<Ended> {
  const [program = '', ...rest] = [...UNGUARDED, node, ...args];
  const child = spawn(program, rest, { cwd, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const deadline = setTimeout(() => child.kill('SIGKILL'), MOST_MS);
  return new Promise((resolve, reject) => {
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
