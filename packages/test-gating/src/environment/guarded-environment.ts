import type { NotedReads } from './noted-reads.js';

/** The guard's decision about a change of a variable. */
export interface ChangeDecision {
  /** Whether a variable may be set to this now; a refusal is noted there. */
  admits(name: string, value: unknown): boolean;
  /** Notes of what is read, where somebody wants to know. */
  readonly reads?: NotedReads | undefined;
}

const RAW = Symbol.for('drydock.environment.raw');

/** Wraps an environment so that refused variables are dropped, as if a setter had ignored them; all else is the environment itself. */
export function wrapEnvironment(raw: NodeJS.ProcessEnv, decision: () => ChangeDecision): NodeJS.ProcessEnv {
  const proxy: NodeJS.ProcessEnv = new Proxy(raw, {
    get(target, key) {
      if (typeof key === 'string') decision().reads?.read(key);
      return key === RAW ? target : Reflect.get(target, key);
    },
    has(target, key) {
      if (typeof key === 'string') decision().reads?.read(key);
      return Reflect.has(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      if (typeof key === 'string') decision().reads?.describe(key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    set(target, key, value, receiver) {
      // An object that inherits from the environment takes the property itself.
      if (receiver !== proxy) return Reflect.set(target, key, value, receiver);
      if (typeof key === 'string') decision().reads?.set(key);
      return isRefused(key, value, decision()) || Reflect.set(target, key, value);
    },
    defineProperty(target, key, descriptor) {
      // Node refuses every descriptor but a plain one, and sets nothing then: its own error is the right one.
      const plain =
        descriptor.configurable === true && descriptor.writable === true && descriptor.enumerable === true;
      return (
        (plain && isRefused(key, descriptor.value, decision())) ||
        Reflect.defineProperty(target, key, descriptor)
      );
    },
  });
  return proxy;
}

/** The environment behind a wrapped one; another object is returned as it is. */
export function unwrapEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return (Reflect.get(env, RAW) as NodeJS.ProcessEnv | undefined) ?? env;
}

function isRefused(key: string | symbol, value: unknown, decision: ChangeDecision): boolean {
  return typeof key === 'string' && !decision.admits(key, value);
}
