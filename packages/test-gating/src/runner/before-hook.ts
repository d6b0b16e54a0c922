/**
 * Runs `action` before a runner's hook. Vitest replaces `onCollected` on the instance by a wrapper that reports the
 * tasks first and calls ours after, which is too late for the gate; hence an accessor that goes before the wrapper.
 */
export function before<Values extends unknown[]>(
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
