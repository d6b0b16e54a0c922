import moduleApi from 'node:module';
import threads from 'node:worker_threads';
import type { Core } from '../core.cjs';
import { HOOKS_URL, INHERIT, inheritance, REGISTER } from './inherit.cjs';
import type { Native } from './natives.cjs';
import { exposesInternals } from './node-flags.cjs';

/** How many threads are being started right now with the guard in them. */
let guardedStarts = 0;

/** Passes the guard on to worker threads and to the thread of loader hooks. */
export function blockWorkers(core: Core): void {
  const original = threads.Worker;
  const guarded: typeof threads.Worker = new Proxy(original, {
    construct(target, [filename, options], newTarget): object {
      const make = (settings: threads.WorkerOptions) =>
        Reflect.construct(target, [filename, settings], newTarget === guarded ? target : newTarget);
      const worker = withInheritance(core, () => startWithGuard(core, options ?? {}, make)) as threads.Worker;
      const { threadId } = worker;
      worker.once('exit', () => core.listeners.removeThread(threadId));
      return worker;
    },
  });
  atFirstConstruction(original, () => {
    const prototype = threadPrototype(original);
    if (prototype) blockStart(core, prototype);
  });
  core.patches.watch(original, '__proto__', 'Worker.__proto__');
  Object.defineProperty(original.prototype, 'constructor', {
    value: guarded,
    configurable: true,
    writable: true,
  });
  Object.defineProperty(threads, 'Worker', {
    value: guarded,
    configurable: true,
    enumerable: true,
    writable: true,
  });
  blockLoaderHooks(core);
  if (startedWithLoader()) threads.setEnvironmentData(INHERIT, inheritance(core));
}

// Finding the native thread object takes a millisecond, and most processes never start a thread. So it is found when the
// first Worker constructs its parent class, which also a Worker class that was kept from before has to do.
function atFirstConstruction(worker: typeof threads.Worker, prepare: () => void): void {
  let prepared = false;
  const parent = new Proxy(Object.getPrototypeOf(worker), {
    construct(target, args, newTarget): object {
      if (!prepared) {
        prepared = true;
        prepare();
      }
      return Reflect.construct(target, args, newTarget);
    },
  });
  Object.setPrototypeOf(worker, parent);
  // Forbids to set another parent class.
  Object.preventExtensions(worker);
}

// Every thread starts with this call, also those of a Worker class that was kept from before and those of Node itself.
function blockStart(core: Core, prototype: Native): void {
  core.patches.block(prototype, 'startThread', 'Worker.startThread', (original) => {
    return function (this: Native, ...args: unknown[]) {
      if (guardedStarts > 0 || startedWithLoader()) return original.apply(this, args);
      throw core.refuse({ protocol: 'worker', host: 'Worker', api: 'startThread' });
    };
  });
}

function startedWithLoader(): boolean {
  return [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((flag) =>
    /--(experimental-)?loader\b/.test(flag),
  );
}

function withInheritance<T>(core: Core, start: () => T): T {
  threads.setEnvironmentData(INHERIT, inheritance(core, core.report.upward));
  guardedStarts += 1;
  try {
    return start();
  } finally {
    guardedStarts -= 1;
    threads.setEnvironmentData(INHERIT, undefined);
  }
}

const GUARD_FLAG = /network-guard[\\/](dist[\\/])?register/;

// A thread inherits the flags of its process unless it is given flags or an environment of its own.
function startWithGuard(
  core: Core,
  options: threads.WorkerOptions,
  make: (options: threads.WorkerOptions) => object,
): object {
  const guard = ['--require', REGISTER];
  // Read once: an accessor could answer Node in another way.
  const { execArgv: given, env } = options;
  const execArgv = given && Array.from(given, String);
  if (execArgv?.some(exposesInternals))
    throw core.refuse({ protocol: 'binding', host: 'node --expose-internals', api: 'new Worker' });
  if (execArgv) return make({ ...options, env, execArgv: [...guard, ...execArgv] });
  if (typeof env === 'object' && env !== null) return make({ ...options, env, execArgv: guard });
  if ([...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((flag) => GUARD_FLAG.test(flag)))
    return make({ ...options, env, execArgv: undefined });
  try {
    return make({ ...options, env, execArgv: [...guard, ...process.execArgv] });
  } catch (error) {
    // Node refuses some flags in a thread.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error;
    return make({ ...options, env, execArgv: guard });
  }
}

// Node stores the native thread object on the instance before the thread starts: a prototype that intercepts the store
// gets the object and throws, so that no thread starts.
function threadPrototype(Original: typeof threads.Worker): Native | undefined {
  let handle: Native;
  const stop = new Error('seen');
  const spy = new Proxy(Original.prototype, {
    set(target, key, value, receiver) {
      if (typeof value?.startThread === 'function') {
        handle = value;
        throw stop;
      }
      return Reflect.set(target, key, value, receiver);
    },
  });
  const probe = function probe() {};
  probe.prototype = spy;
  try {
    Reflect.construct(Original, ['', { eval: true, stdout: true, stderr: true }], probe);
  } catch (error) {
    if (error !== stop) return undefined;
  }
  return handle && Object.getPrototypeOf(handle);
}

// Node makes the thread of loader hooks without the Worker class and without `--require`: the guard registers itself first.
function blockLoaderHooks(core: Core): void {
  core.patches.block(moduleApi, 'register', 'module.register', (original) => {
    return function register(this: unknown, ...args: unknown[]) {
      return withInheritance(core, () => {
        // Each time, because the thread then acts for another test.
        original.call(moduleApi, HOOKS_URL, { data: inheritance(core) });
        return original.apply(this, args);
      });
    };
  });
}
