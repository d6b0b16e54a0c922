import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Outcome } from './sandbox.fixture.js';

/** Where and with what a command runs. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Longest time in milliseconds; default 60 000. */
  readonly timeoutMs?: number;
}

/** A machine of the network: a namespace with a loopback device of its own, one address, and no way out. */
export interface Host {
  readonly address: string;
  /** Runs a command on it; settles when it ends. */
  run(command: readonly string[], options: RunOptions): Promise<Outcome>;
  /** Starts a command that ends with the network; settles when it says something. */
  start(command: readonly string[], options: Pick<RunOptions, 'cwd'>): Promise<void>;
}

/** A network of such machines; all that runs on them ends with it. */
export interface Lan<Name extends string> {
  readonly hosts: Readonly<Record<Name, Host>>;
  close(): Promise<void>;
}

const NETWORK = '10.77.0';
// The guard of this test would be handed to every Node inside.
const UNGUARDED = ['-u', 'NODE_OPTIONS', '-u', 'DRYDOCK_GUARD_INHERIT'];
// The list of namespaces is a private one, and no process outlives the first: a run that is killed leaves nothing.
const WORLD = ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
const SWITCH = [
  'mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns',
  'ip link add lan type bridge && ip link set lan up',
].join(' && ');
const HOST = (name: string, address: string) =>
  [
    `ip netns add ${name}`,
    `ip link add ${name} type veth peer name eth0 netns ${name}`,
    `ip link set ${name} master lan up`,
    `ip -n ${name} address add ${address}/24 dev eth0`,
    `ip -n ${name} link set eth0 up`,
    `ip -n ${name} link set lo up`,
  ].join(' && ');

/** Builds a network; rejects with the reason where this machine gives no namespaces, as it takes root on Linux and `ip`. */
export async function openLan<Name extends string>(names: readonly Name[]): Promise<Lan<Name>> {
  const addresses = names.map((name, index) => [name, `${NETWORK}.${index + 1}`] as const);
  const steps = [SWITCH, ...addresses.map(([name, address]) => HOST(name, address)), 'echo ready'];
  // It waits for the end of its input, which comes also when this process is killed.
  const script = `set -e; { ${steps.join(' && ')}; } 2>&1 && exec cat`;
  const world = spawn('env', [...UNGUARDED, ...WORLD, 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  await untilReady(world);
  const pid = childOf(world.pid as number);
  // Another Drydock on this machine may be of a version that takes servers of another namespace for left ones.
  const temp = mkdtempSync(join(tmpdir(), 'drydock-lan-'));
  // A server may run as a user of its own.
  chmodSync(temp, 0o1777);
  const host = (name: Name, address: string): Host => ({
    address,
    run: (command, options) => run(inside(name, pid, options.cwd, temp), command, options),
    async start(command, { cwd }) {
      const child = spawn('env', [...inside(name, pid, cwd, temp), ...command], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
    },
  });
  return {
    hosts: Object.fromEntries(addresses.map(([name, address]) => [name, host(name, address)])) as Record<
      Name,
      Host
    >,
    async close() {
      const ended = once(world, 'exit');
      world.stdin?.end();
      await ended;
      rmSync(temp, { recursive: true, force: true });
    },
  };
}

/** Why no network can be built here, or undefined where one can. */
export async function lanMissing(): Promise<string | undefined> {
  try {
    await (await openLan(['probe'])).close();
    return undefined;
  } catch (error) {
    return `a network of namespaces is unavailable: ${(error as Error).message}; it takes Linux, root and \`ip\` of iproute2`;
  }
}

async function untilReady(world: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (said.includes('ready\n')) resolve();
    };
    world.stdout?.on('data', listen);
    world.stderr?.on('data', listen);
    world.once('error', reject);
    world.once('exit', () => reject(new Error(said.trim() || 'the program is missing')));
  });
}

/** `unshare` stays outside; its child is the first process inside. */
function childOf(pid: number): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
}

/** Arguments of `env` that put a command onto a machine, with a folder for temporary files that only the network has. */
function inside(name: string, pid: string, cwd: string, temp: string): string[] {
  const enter = ['nsenter', '--target', pid, '--net', '--mount', '--pid', '--'];
  return [...UNGUARDED, ...enter, 'ip', 'netns', 'exec', name, 'env', '-C', cwd, `TMPDIR=${temp}`];
}

async function run(
  wrapper: readonly string[],
  command: readonly string[],
  { env, timeoutMs = 60_000 }: RunOptions,
): Promise<Outcome> {
  const log = join(mkdtempSync(join(tmpdir(), 'drydock-output-')), 'log');
  const output = openSync(log, 'w');
  try {
    const child = spawn('env', [...wrapper, ...command], {
      ...(env && { env }),
      stdio: ['ignore', output, output],
      timeout: timeoutMs,
    });
    const [status] = await once(child, 'exit');
    return { status, output: readFileSync(log, 'utf8') };
  } finally {
    closeSync(output);
    rmSync(dirname(log), { recursive: true });
  }
}
