import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import type { Core } from '../core.cjs';
import { isNewerThan, real } from './locate.cjs';
import { type Native, native } from './natives.cjs';
import { handlePrototype } from './prototypes.cjs';

const load = createRequire(__filename);
const NETWORK_BINDINGS = new Set([
  'tcp_wrap',
  'pipe_wrap',
  'udp_wrap',
  'cares_wrap',
  'tls_wrap',
  'stream_wrap',
  'process_wrap',
  'spawn_sync',
  'inspector',
]);

/** Holds the ways around Node's modules: internal bindings, native code, foreign function calls. */
export function wallBindings(core: Core): void {
  core.patches.wall(process, 'binding', 'process.binding', (original) => {
    return function binding(given: unknown) {
      // Once: what has two faces would show Node the other one.
      const name = String(given);
      if (!NETWORK_BINDINGS.has(name)) return original.call(process, name);
      throw core.refuse({ protocol: 'binding', host: name, api: 'process.binding' });
    };
  });
  core.patches.wall(process, '_linkedBinding', 'process._linkedBinding', () => {
    return function _linkedBinding(name: string) {
      throw core.refuse({ protocol: 'binding', host: String(name), api: 'process._linkedBinding' });
    };
  });
  wallAddons(core);
  for (const name of ['node:ffi', 'node:quic', 'node:dtls']) wallWhole(core, name);
}

// Packages that were installed before the run bring native code that people chose; anything else was made by the test.
function wallAddons(core: Core): void {
  core.patches.wall(process, 'dlopen', 'process.dlopen', (original) => {
    return function dlopen(module: unknown, given: unknown, ...rest: unknown[]) {
      const name = String(given);
      const file = real(name) ?? name;
      const listed = core.context.policy.programs.some((program) => program === name || program === file);
      const installed = file.split(path.sep).includes('node_modules') && !isNewerThan(file, core.began);
      if (listed || installed) return original.call(process, module, name, ...rest);
      throw core.refuse({ protocol: 'addon', host: file, api: 'process.dlopen' });
    };
  });
}

// Experimental modules that reach the network with no JavaScript in between are closed as a whole. Whether they are there
// is for Node to say: a flag may come from NODE_OPTIONS, and Node 26 has foreign functions without any.
function wallWhole(core: Core, name: string): void {
  const exported: Native = isBuiltin(name) && quietly(() => withoutWarnings(() => load(name)));
  if (!exported) return;
  for (const [key, value] of Object.entries(exported)) {
    if (typeof value !== 'function') continue;
    core.patches.fix(exported, key, `${name}.${key}`, function refused() {
      throw core.refuse({ protocol: 'binding', host: name, api: key });
    });
  }
}

// Nobody but the guard asked for the experiment.
function withoutWarnings<T>(run: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return run();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Holds the debugger's port. */
export function wallInspector(core: Core): void {
  for (const name of ['node:inspector', 'node:inspector/promises']) {
    // The second copies what the first exports when it is loaded, so that it needs a wall only where it was before.
    if (name.endsWith('/promises') && !isLoaded('inspector/promises')) continue;
    const inspector: Native = quietly(() => load(name));
    if (inspector) wallOpen(core, inspector, name);
  }
  const binding = native('inspector');
  if (binding) wallOpen(core, binding, 'inspector binding');
  if (core.lineage.length > 0) closeInspector(core);
  core.patches.wall(process, '_debugProcess', 'process._debugProcess', () => {
    return function _debugProcess(pid: number) {
      throw core.refuse({ protocol: 'inspector', host: `process ${pid}`, api: 'process._debugProcess' });
    };
  });
  wallSignal(core, process, '_kill', 'process._kill', 1);
  const child = handlePrototype('Process');
  if (child) wallSignal(core, child, 'kill', 'Process.prototype.kill', 0);
}

function isLoaded(builtin: string): boolean {
  const { moduleLoadList }: { moduleLoadList?: readonly string[] } = process as object;
  return moduleLoadList?.includes(`NativeModule ${builtin}`) ?? true;
}

// A parent that was not looking closely enough has started this process with a debugger's port.
function closeInspector(core: Core): void {
  const inspector: Native = quietly(() => load('node:inspector'));
  const url: string | undefined = inspector?.url?.();
  if (url === undefined) return;
  const { hostname, port } = new URL(url);
  core.refuse({ protocol: 'inspector', host: hostname, port: Number(port), api: '--inspect' });
  inspector.close();
}

function wallOpen(core: Core, inspector: Native, name: string): void {
  core.patches.wall(inspector, 'open', `${name}.open`, (original) => {
    return function open(port?: number, host?: string, ...rest: unknown[]) {
      const address = host ?? '127.0.0.1';
      if (core.context.policy.allowsListening(address)) return original.call(inspector, port, host, ...rest);
      throw core.refuse({ protocol: 'inspector', host: address, port: port ?? 9229, api: 'inspector.open' });
    };
  });
}

// SIGUSR1 opens the debugger of any Node process, this one's parent included.
function wallSignal(core: Core, target: Native, key: string, label: string, place: number): void {
  const debug = load('node:os').constants.signals.SIGUSR1;
  if (debug === undefined) return;
  core.patches.wall(target, key, label, (original) => {
    return function (this: Native, ...args: unknown[]) {
      // As the system reads it, from a text or a fraction too.
      const signal = Number(args[place]) | 0;
      if (signal !== debug) return original.apply(this, args.with(place, signal));
      throw core.refuse({ protocol: 'inspector', host: 'SIGUSR1', api: 'kill' });
    };
  });
}

function quietly<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
