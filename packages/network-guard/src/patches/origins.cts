import { captureStack } from '../attempt/frame.cjs';
import type { Core } from '../core.cjs';
import type { Native } from './natives.cjs';
import { observeQueues } from './queues.cjs';

/**
 * Records who called `fetch`, `WebSocket` and `EventSource`, which connect later, when the caller is no longer on the
 * stack. Tests may replace all of them.
 */
export function observeOrigins(core: Core): void {
  core.patches.observe(globalThis, 'fetch', (original) => {
    return function fetch(this: unknown, ...args: unknown[]) {
      return core.context.runWithOrigin(captureStack(), () => original.apply(this, args));
    };
  });
  for (const name of ['WebSocket', 'EventSource']) observeClass(core, name);
  observeFinalization(core);
  observeQueues(core);
}

// The engine calls back from no asynchronous work at all.
function observeFinalization(core: Core): void {
  const Original = globalThis.FinalizationRegistry;
  const observed: typeof FinalizationRegistry = new Proxy(Original, {
    construct(target, [callback, ...rest], newTarget): object {
      const kept = core.context.current;
      const inContext = (held: unknown) => core.context.runIn(kept, () => callback(held));
      const given = typeof callback === 'function' && kept.test ? inContext : callback;
      return Reflect.construct(target, [given, ...rest], newTarget === observed ? target : newTarget);
    },
  });
  core.patches.observe(globalThis, 'FinalizationRegistry', () => observed as never);
}

// Node creates these classes at their first use, because that takes long; so does this patch.
function observeClass(core: Core, name: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
  if (!descriptor?.configurable) return;
  const put = (value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: false, writable: true });
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get() {
      const original: Native = descriptor.get ? descriptor.get.call(globalThis) : descriptor.value;
      const observed = observe(core, original);
      put(observed);
      return observed;
    },
    set: put,
  });
}

function observe(core: Core, original: Native): Native {
  if (typeof original !== 'function') return original;
  return new Proxy(original, {
    construct: (target, args, newTarget) =>
      core.context.runWithOrigin(captureStack(), () => Reflect.construct(target, args, newTarget)),
  });
}
