/** Defined, not assigned: an own `__proto__` stays a property, and a setter of the prototype is not run. */
export function define(target: object, key: string | symbol, value: unknown, enumerable = true): void {
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true });
}

/** Name of a function, whatever its `name` does. */
export function safeName(input: object): string {
  try {
    return String(Reflect.get(input, 'name')) || 'anonymous';
  } catch {
    return 'anonymous';
  }
}

/** What `JSON.stringify` makes of a Buffer. */
export function bytesOfJsonBuffer(input: object): Buffer | undefined {
  if (Reflect.get(input, 'type') !== 'Buffer') return undefined;
  const data: unknown = Reflect.get(input, 'data');
  return Array.isArray(data) && data.every((byte) => typeof byte === 'number')
    ? Buffer.from(data)
    : undefined;
}
