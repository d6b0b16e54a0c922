import child from 'node:child_process';
import path from 'node:path';
import { type Core, UV_EACCES } from '../core.cjs';
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
      const [file, args, cwd, envPairs] = packed ? membersOf(given[0]) : (given as Members);
      const env = envPairs ?? currentEnvironment();
      const blocked = judgeLaunch(core, { file, args: args ?? [], env, cwd, api: 'spawn' });
      if (blocked) {
        redirectError(ownerOf(this), blocked);
        return packed
          ? original.call(this, { ...(given[0] as object), file: NO_PROGRAM })
          : original.call(this, NO_PROGRAM, ...given.slice(1));
      }
      const guarded = withGuard(core, env, args);
      if (!packed) return original.call(this, file, args, cwd, guarded, ...given.slice(4));
      return original.call(this, { ...(given[0] as object), envPairs: guarded });
    };
  });
}

type Members = [
  file: string,
  args: string[] | undefined,
  cwd: string | undefined,
  envPairs: string[] | undefined,
];

function membersOf(options: Native): Members {
  return [options.file, options.args, options.cwd, options.envPairs];
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
      const [file, args, cwd, envPairs] = membersOf(options);
      const env = envPairs ?? currentEnvironment();
      const blocked = judgeLaunch(core, { file, args: args ?? [], env, cwd, api: 'spawnSync' });
      if (blocked) return refusedResult(blocked);
      return original.call(this, { ...options, envPairs: withGuard(core, env, args) });
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
      const blocked = judgeLaunch(core, { file, args, env: pairs, cwd: undefined, api: 'execve' });
      if (blocked) throw blocked;
      const guarded = withGuard(core, pairs, args).map((pair) => splitPair(pair));
      return original.call(process, file, args, Object.fromEntries(guarded));
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

/** The environment of a child, with the guard added to its `NODE_OPTIONS`. */
function withGuard(core: Core, pairs: readonly string[], args: readonly string[] = []): string[] {
  const given = pairs.find((pair) => pair.startsWith('NODE_OPTIONS='))?.slice('NODE_OPTIONS='.length) ?? '';
  const rest = pairs.filter((pair) => !pair.startsWith('NODE_OPTIONS=') && !pair.startsWith(`${INHERIT}=`));
  return [...rest, `NODE_OPTIONS=${guardOptions(given, args)}`, `${INHERIT}=${inheritance(core)}`];
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
