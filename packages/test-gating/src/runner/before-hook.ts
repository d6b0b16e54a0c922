/**
 * Runs `action` before a hook of the runner. Vitest replaces `onCollected` on the instance by a wrapper that reports the
 * tasks first and calls the runner's hook after, which is too late for the gate; an accessor puts `action` before it.
 */
export function beforeHook<Values extends unknown[]>(
  runner: object,
  hook: string,
  action: (...values: Values) => void,
): void {
  type Hook = (...values: Values) => unknown;
  let current = (runner as Record<string, Hook | undefined>)[hook];
  Object.defineProperty(runner, hook, {
    configurable: true,
    get: () => current,
    set: (wrapper: Hook) => {
      current = (...values) => {
        action(...values);
        return wrapper.call(runner, ...values);
      };
    },
  });
}
