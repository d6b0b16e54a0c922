/**
 * Starts a call of the SDK with a fetch of its own.
 *
 * The SDK has no option for a fetch: it takes the global one, and does so before it first waits. So the global is
 * replaced for one synchronous function call, in which no other code runs, and no call can get the fetch of another.
 */
export function withFetch<T>(fetch: typeof globalThis.fetch, call: () => Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
  Object.defineProperty(globalThis, 'fetch', { value: fetch, configurable: true, writable: true });
  try {
    return call();
  } finally {
    if (own) Object.defineProperty(globalThis, 'fetch', own);
    else Reflect.deleteProperty(globalThis, 'fetch');
  }
}
