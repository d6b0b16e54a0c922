import crypto from 'node:crypto';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import type { Core } from '../core.cjs';
import { isDebugSignal } from './debug-signal.cjs';
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

/** Blocks what reaches the network without Node's modules: internal bindings, native code, foreign function calls. */
export function blockBindings(core: Core): void {
  core.patches.block(process, 'binding', 'process.binding', (original) => {
    return function binding(given: unknown) {
      // Read once: an object could convert to another name when Node reads it.
      const name = String(given);
      if (!NETWORK_BINDINGS.has(name)) return original.call(process, name);
      throw core.refuse({ protocol: 'binding', host: name, api: 'process.binding' });
    };
  });
  core.patches.block(process, '_linkedBinding', 'process._linkedBinding', () => {
    return function _linkedBinding(name: string) {
      throw core.refuse({ protocol: 'binding', host: String(name), api: 'process._linkedBinding' });
    };
  });
  blockAddons(core);
  silenceReport(core);
  for (const name of ['node:ffi', 'node:quic', 'node:dtls']) blockModule(core, name);
}

// Native code of a package that was installed before the run was chosen by people; the test made all other.
function judgeNative(core: Core, name: string, api: string): void {
  const file = real(name) ?? name;
  const listed = core.context.policy.programs.some((program) => program === name || program === file);
  const installed = file.split(path.sep).includes('node_modules') && !isNewerThan(file, core.began);
  if (!listed && !installed) throw core.refuse({ protocol: 'addon', host: file, api });
}

function blockAddons(core: Core): void {
  core.patches.block(process, 'dlopen', 'process.dlopen', (original) => {
    return function dlopen(module: unknown, given: unknown, ...rest: unknown[]) {
      const name = String(given);
      judgeNative(core, name, 'process.dlopen');
      return original.call(process, module, name, ...rest);
    };
  });
  core.patches.block(crypto, 'setEngine', 'crypto.setEngine', (original) => {
    return function setEngine(engine: unknown, ...rest: unknown[]) {
      const name = String(engine);
      judgeNative(core, name, 'crypto.setEngine');
      return original.call(crypto, name, ...rest);
    };
  });
  const sqlite: Native = loadQuietly('node:sqlite');
  if (!sqlite?.DatabaseSync) return;
  core.patches.block(
    sqlite.DatabaseSync.prototype,
    'loadExtension',
    'DatabaseSync.loadExtension',
    (original) => {
      return function loadExtension(this: Native, given: unknown, ...rest: unknown[]) {
        const name = String(given);
        judgeNative(core, name, 'loadExtension');
        return original.call(this, name, ...rest);
      };
    },
  );
}

// A diagnostic report asks a resolver for the names of the addresses that sockets are bound or connected to.
function silenceReport(core: Core): void {
  const report = process.report as { excludeNetwork?: boolean } | undefined;
  if (report?.excludeNetwork === undefined) return;
  report.excludeNetwork = true;
  core.patches.pin(report, 'excludeNetwork', 'process.report.excludeNetwork', true);
}

// Experimental modules reach the network with no JavaScript that could be patched, so all their functions refuse. Node
// says whether it has them: a flag may come from NODE_OPTIONS, and Node 26 has node:ffi without a flag.
function blockModule(core: Core, name: string): void {
  const exported = loadQuietly(name);
  if (!exported) return;
  for (const [key, value] of Object.entries(exported)) {
    if (typeof value !== 'function') continue;
    core.patches.pin(exported, key, `${name}.${key}`, function refused() {
      throw core.refuse({ protocol: 'binding', host: name, api: key });
    });
  }
}

function loadQuietly(name: string): Native | undefined {
  return isBuiltin(name) ? quietly(() => withoutWarnings(() => load(name))) : undefined;
}

// The guard loads the experimental module, not the user.
function withoutWarnings<T>(run: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return run();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Blocks the debugger's port. */
export function blockInspector(core: Core): void {
  for (const name of ['node:inspector', 'node:inspector/promises']) {
    // node:inspector/promises copies what node:inspector exports, so it needs a patch only if it was loaded earlier.
    if (name.endsWith('/promises') && !isLoaded('inspector/promises')) continue;
    const inspector: Native = quietly(() => load(name));
    if (inspector) blockOpen(core, inspector, name);
  }
  const binding = native('inspector');
  if (binding) blockOpen(core, binding, 'inspector binding');
  if (core.lineage.length > 0) closeInspector(core);
  core.patches.block(process, '_debugProcess', 'process._debugProcess', () => {
    return function _debugProcess(pid: number) {
      throw core.refuse({ protocol: 'inspector', host: `process ${pid}`, api: 'process._debugProcess' });
    };
  });
  blockSignal(core, process, '_kill', 'process._kill', 1);
  const child = handlePrototype('Process');
  if (child) blockSignal(core, child, 'kill', 'Process.prototype.kill', 0);
}

function isLoaded(builtin: string): boolean {
  const { moduleLoadList }: { moduleLoadList?: readonly string[] } = process as object;
  return moduleLoadList?.includes(`NativeModule ${builtin}`) ?? true;
}

// A debugger's port that is open in a child was missed when the parent started it.
function closeInspector(core: Core): void {
  const inspector: Native = quietly(() => load('node:inspector'));
  const url: string | undefined = inspector?.url?.();
  if (url === undefined) return;
  const { hostname, port } = new URL(url);
  core.refuse({ protocol: 'inspector', host: hostname, port: Number(port), api: '--inspect' });
  inspector.close();
}

function blockOpen(core: Core, inspector: Native, name: string): void {
  core.patches.block(inspector, 'open', `${name}.open`, (original) => {
    return function open(port?: number, host?: string, ...rest: unknown[]) {
      const address = host ?? '127.0.0.1';
      if (core.options.debugger || core.context.policy.allowsListening(address))
        return original.call(inspector, port, host, ...rest);
      throw core.refuse({ protocol: 'inspector', host: address, port: port ?? 9229, api: 'inspector.open' });
    };
  });
}

// SIGUSR1 opens the debugger of any Node process, also of the parent.
function blockSignal(core: Core, target: Native, key: string, label: string, place: number): void {
  core.patches.block(target, key, label, (original) => {
    return function (this: Native, ...args: unknown[]) {
      // Read once: an object could convert to another number when Node reads it.
      const signal = Number(args[place]) | 0;
      if (!isDebugSignal(signal)) return original.apply(this, args.with(place, signal));
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
