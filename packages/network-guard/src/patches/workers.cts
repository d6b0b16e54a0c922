import moduleApi from 'node:module';
import threads from 'node:worker_threads';
import type { Core } from '../core.cjs';
import { HOOKS_URL, INHERIT, inheritance, REGISTER } from './inherit.cjs';
import type { Native } from './natives.cjs';

/** How many starts of a thread are under way that the guard goes along with. */
let escorted = 0;

/** Takes the guard into worker threads and into the thread of loader hooks. */
export function wallWorkers(core: Core): void {
  const original = threads.Worker;
  const guarded: typeof threads.Worker = new Proxy(original, {
    construct(target, [filename, options], newTarget): object {
      const make = (settings: threads.WorkerOptions) =>
        Reflect.construct(target, [filename, settings], newTarget === guarded ? target : newTarget);
      const worker = escort(core, () => startWithGuard(options ?? {}, make)) as threads.Worker;
      const { threadId } = worker;
      worker.once('exit', () => core.listeners.endedThread(threadId));
      return worker;
    },
  });
  atFirstConstruction(original, () => {
    const prototype = threadPrototype(original);
    if (prototype) wallStart(core, prototype);
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
  wallLoaderHooks(core);
  if (startedWithLoader()) threads.setEnvironmentData(INHERIT, inheritance(core));
}

// Showing the native thread object costs a millisecond, and most processes never start a thread. Each Worker, also one of a
// class that was kept from before, constructs its parent class first, and asks its class for it at that moment.
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
  // Nobody puts the parent class back.
  Object.preventExtensions(worker);
}

// Every thread starts here, also those of a Worker class that was kept from before and those that Node makes itself.
function wallStart(core: Core, prototype: Native): void {
  core.patches.wall(prototype, 'startThread', 'Worker.startThread', (original) => {
    return function (this: Native, ...args: unknown[]) {
      if (escorted > 0 || startedWithLoader()) return original.apply(this, args);
      throw core.refuse({ protocol: 'worker', host: 'Worker', api: 'startThread' });
    };
  });
}

function startedWithLoader(): boolean {
  return [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((flag) =>
    /--(experimental-)?loader\b/.test(flag),
  );
}

function escort<T>(core: Core, start: () => T): T {
  threads.setEnvironmentData(INHERIT, inheritance(core));
  escorted += 1;
  try {
    return start();
  } finally {
    escorted -= 1;
    threads.setEnvironmentData(INHERIT, undefined);
  }
}

const GUARD_FLAG = /network-guard[\\/](dist[\\/])?register/;

// A thread inherits the flags of its process unless it is given flags or an environment of its own.
function startWithGuard(
  options: threads.WorkerOptions,
  make: (options: threads.WorkerOptions) => object,
): object {
  const guard = ['--require', REGISTER];
  // Read once: an accessor might answer Node in another way.
  const { execArgv, env } = options;
  if (execArgv) return make({ ...options, env, execArgv: [...guard, ...execArgv] });
  if (typeof env === 'object' && env !== null) return make({ ...options, env, execArgv: guard });
  if ([...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((flag) => GUARD_FLAG.test(flag)))
    return make({ ...options, env, execArgv: undefined });
  try {
    return make({ ...options, env, execArgv: [...guard, ...process.execArgv] });
  } catch (error) {
    // Some flags are for processes only.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error;
    return make({ ...options, env, execArgv: guard });
  }
}

// The native thread object is stored on the instance before the thread starts: a prototype that sees the store ends there.
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

// Hooks live in a thread that no Worker class made and that loads no `--require`: the guard registers itself there first.
function wallLoaderHooks(core: Core): void {
  let ready = false;
  core.patches.wall(moduleApi, 'register', 'module.register', (original) => {
    return function register(this: unknown, ...args: unknown[]) {
      return escort(core, () => {
        if (!ready) original.call(moduleApi, HOOKS_URL, { data: inheritance(core) });
        ready = true;
        return original.apply(this, args);
      });
    };
  });
}
