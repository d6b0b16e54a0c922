import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PreflightReport } from './finding.js';
import type { PreflightOptions } from './preflight.js';
import type { Target } from './target.js';

const MODULE = new URL('./index.js', import.meta.url).href.replace('/src/', '/dist/');
/** The guard of the tests would follow into every Node below. */
const UNGUARDED = ['env', '-u', 'NODE_OPTIONS', '-u', 'DRYDOCK_GUARD_INHERIT'];
const MOST_MS = 60_000;

/** What a preflight is run with. */
export interface UnguardedOptions extends Omit<PreflightOptions, 'env'> {
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Program that the whole runs in, such as `unshare -rn`. */
  readonly wrapper?: readonly string[];
}

/** Runs a preflight from the compiled package where the guard of the tests does not reach. */
export async function preflightUnguarded(
  targets: readonly Target[],
  { env = {}, wrapper = [], ...options }: UnguardedOptions = {},
): Promise<PreflightReport> {
  const script = `import { preflight } from ${JSON.stringify(MODULE)};
    import { writeSync } from 'node:fs';
    writeSync(1, JSON.stringify(await preflight(${JSON.stringify(targets)}, ${JSON.stringify(options)})));`;
  const command = [...UNGUARDED, ...wrapper, process.execPath, '--input-type=module', '-e', script];
  const { status, output } = await run(command, env);
  if (status !== 0) throw new Error(`the preflight ended with ${status}: ${output}`);
  return JSON.parse(output) as PreflightReport;
}

/** Whether a wrapper works on this machine. */
export async function works(wrapper: readonly string[]): Promise<boolean> {
  return (await run([...UNGUARDED, ...wrapper, process.execPath, '-e', ''], {})).status === 0;
}

/** Output goes through a file: where sockets are denied, Node cannot write to a pipe of another Node. */
async function run(command: readonly string[], env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-test-'));
  const output = join(folder, 'output');
  const descriptor = openSync(output, 'a');
  const [program = '', ...args] = command;
  try {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', descriptor, 'ignore'],
      timeout: MOST_MS,
    });
    const status = await new Promise<number | null>((resolve) => {
      child.once('error', () => resolve(-1));
      child.once('exit', resolve);
    });
    return { status, output: readFileSync(output, 'utf8') };
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true, force: true });
  }
}
