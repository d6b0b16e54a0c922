import child from 'node:child_process';
import path from 'node:path';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import { type Core, UV_EACCES } from '../core.cjs';
import { channelFor } from './channel.cjs';
import { isDebugSignal } from './debug-signal.cjs';
import { HOOKS_URL, INHERIT, inheritance, REGISTER } from './inherit.cjs';
import { type Native, native, ownerOf, redirectError } from './natives.cjs';
import { judgeLaunch } from './programs.cjs';
import { handlePrototype } from './prototypes.cjs';

const LOADER_FLAG = /^--(experimental[-_])?loader(=|$)/;

// A file that does not exist, started in place of a refused program: it fails and leaves the pipes as Node expects them.
const NO_PROGRAM = path.join(__dirname, 'refused-program');

/** Passes the guard on to Node children and refuses other programs. */
export function blockChildren(core: Core): void {
  blockSpawn(core);
  blockSpawnSync(core);
  blockExecve(core);
}

// Node 20 to 24 pass one object, Node 26 passes its members one by one.
function blockSpawn(core: Core): void {
  const prototype = handlePrototype('Process');
  if (!prototype) return;
  core.patches.block(prototype, 'spawn', 'Process.prototype.spawn', (original) => {
    return function (this: Native, ...given: unknown[]) {
      const packed = typeof given[0] === 'object';
      // A copy, because an accessor could answer the guard in one way and Node in another.
      if (packed) given[0] = { ...(given[0] as object) };
      const members = packed ? membersOf(given[0]) : (given as Members);
      const started = launched(core, members, 'spawn', () => channelFor(core, this));
      if (started instanceof Error) redirectError(ownerOf(this), started);
      const [file, args, cwd, envPairs, stdio] =
        started instanceof Error ? [NO_PROGRAM, ...members.slice(1)] : started;
      if (!packed) return original.call(this, file, args, cwd, envPairs, stdio, ...given.slice(5));
      return original.call(this, { ...(given[0] as object), file, args, envPairs, stdio });
    };
  });
}

type Members = [
  file: string,
  args: string[] | undefined,
  cwd: string | undefined,
  envPairs: string[] | undefined,
  stdio: readonly object[] | undefined,
];

function membersOf(options: Native): Members {
  return [options.file, options.args, options.cwd, options.envPairs, options.stdio];
}

// What the system is to start: Node with the guard, another program as it is; or the error where it may not start.
function launched(
  core: Core,
  [file, given = [], cwd, envPairs, stdio]: Members,
  api: string,
  openChannel: () => object | undefined,
): Members | BlockedError {
  const env = envPairs ?? currentEnvironment();
  const { blocked, isNode, byArguments } = judgeLaunch(core, { file, args: given, env, cwd, api });
  if (blocked) return blocked;
  const channel = isNode && stdio ? openChannel() : undefined;
  const args = byArguments ? [...given.slice(0, 1), '--require', REGISTER, ...given.slice(1)] : given;
  const own = isNode ? env : withVariables(env, core.context.policy.source.programsEnv);
  const guarded = withGuard(core, own, args, channel && stdio?.length);
  return [file, args, cwd, guarded, channel ? [...(stdio ?? []), channel] : stdio];
}

function blockSpawnSync(core: Core): void {
  const binding = native('spawn_sync');
  if (!binding) {
    for (const api of ['spawnSync', 'execSync', 'execFileSync']) refuseSync(core, api);
    return;
  }
  core.patches.block(binding, 'spawn', 'spawn_sync.spawn', (original) => {
    return function (this: Native, given: Native) {
      const options = { ...given };
      if (isDebugSignal(options.killSignal))
        return refusedResult(core.refuse({ protocol: 'inspector', host: 'SIGUSR1', api: 'spawnSync' }));
      const reported = { type: 'pipe', readable: false, writable: true };
      const started = launched(core, membersOf(options), 'spawnSync', () => reported);
      if (started instanceof Error) return refusedResult(started);
      const [, args, , envPairs, stdio] = started;
      const result = original.call(this, { ...options, args, envPairs, stdio });
      if (stdio?.at(-1) === reported && result.output) {
        const lines = String(result.output.pop() ?? '');
        core.report.relay(lines.split('\n'));
      }
      return result;
    };
  });
}

// Where process.binding is denied, there is no lower layer that could pass the guard on to a child.
function refuseSync(core: Core, api: string): void {
  core.patches.block(child, api, `child_process.${api}`, () => {
    return function refused(file: string) {
      throw core.refuse({
        protocol: 'child',
        host: path.basename(String(file)),
        api,
        reason: 'use the asynchronous form under --permission',
      });
    };
  });
}

// Node makes its own error from the number in `error` and assigns it; the setter puts the guard's error in its place.
function refusedResult(blocked: Error): object {
  const result = { pid: 0, status: null, signal: null, output: null };
  Object.defineProperty(result, 'error', {
    configurable: true,
    enumerable: true,
    get: () => UV_EACCES,
    set() {
      Object.defineProperty(result, 'error', {
        value: blocked,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    },
  });
  return result;
}

function blockExecve(core: Core): void {
  core.patches.block(process, 'execve', 'process.execve', (original) => {
    return function execve(file: string, args: string[] = [], env: NodeJS.ProcessEnv = process.env) {
      const pairs = Object.entries(env).map(([key, value]) => `${key}=${value}`);
      const started = launched(core, [file, args, undefined, pairs, undefined], 'execve', () => undefined);
      if (started instanceof Error) throw started;
      const guarded = started[3]?.map((pair) => splitPair(pair)) ?? [];
      return original.call(process, file, started[1], Object.fromEntries(guarded));
    };
  });
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=', 1);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function currentEnvironment(): string[] {
  return Object.entries(process.env).map(([key, value]) => `${key}=${value}`);
}

function withVariables(
  pairs: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): readonly string[] {
  const added = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return [...pairs.filter((pair) => !(splitPair(pair)[0] in variables)), ...added];
}

/** The environment of a child, with the guard added to its `NODE_OPTIONS`. */
function withGuard(
  core: Core,
  pairs: readonly string[],
  args: readonly string[],
  upward: number | undefined,
): string[] {
  const given = pairs.find((pair) => pair.startsWith('NODE_OPTIONS='))?.slice('NODE_OPTIONS='.length) ?? '';
  const rest = pairs.filter((pair) => !pair.startsWith('NODE_OPTIONS=') && !pair.startsWith(`${INHERIT}=`));
  return [...rest, `NODE_OPTIONS=${guardOptions(given, args)}`, `${INHERIT}=${inheritance(core, upward)}`];
}

// Node runs loaders in the order of their flags, those of NODE_OPTIONS first.
function guardOptions(given: string, args: readonly string[]): string {
  const guard = `--require ${quoted(REGISTER)}`;
  const loader = `--experimental-loader ${HOOKS_URL}`;
  const others = given.replace(guard, '').replace(loader, '').trim();
  const flags = [...others.split(/\s+/), ...args];
  return [guard, flags.some((flag) => LOADER_FLAG.test(flag)) ? loader : '', others]
    .filter(Boolean)
    .join(' ');
}

function quoted(file: string): string {
  return /[\s"\\]/.test(file) ? `"${file.replace(/["\\]/g, '\\$&')}"` : file;
}
