/** A patch that must stay where it is. */
interface Patch {
  label: string;
  target: object;
  key: PropertyKey;
  value: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: the natives that are patched have no types
export type AnyFunction = (this: any, ...args: any[]) => any;

/** Puts patches in place and knows whether they are still there. */
export class Patches {
  readonly #walls: Patch[] = [];

  constructor(readonly tampered: (label: string) => void) {}

  /**
   * Replaces a method for good. An accessor is used because Node assigns to instances (`handle.bind = handle.bind6`),
   * which a read-only property on the prototype would forbid; an assignment to the patched object itself is recorded.
   */
  wall(target: object, key: PropertyKey, label: string, make: (original: AnyFunction) => AnyFunction): void {
    const original = (target as Record<PropertyKey, unknown>)[key];
    if (typeof original !== 'function') return;
    this.fix(target, key, label, alike(make(original as AnyFunction), original as AnyFunction));
  }

  /** Puts a value in place for good. */
  fix(target: object, key: PropertyKey, label: string, value: unknown): void {
    const { tampered } = this;
    const enumerable = Object.getOwnPropertyDescriptor(target, key)?.enumerable ?? false;
    Object.defineProperty(target, key, {
      configurable: false,
      enumerable,
      get: () => value,
      set(this: object, replacement: unknown) {
        if (this === target) tampered(label);
        else
          Object.defineProperty(this, key, {
            value: replacement,
            configurable: true,
            enumerable,
            writable: true,
          });
      },
    });
    this.#walls.push({ label, target, key, value });
  }

  /** Replaces a method in a way that tests may replace again, because a wall stands behind it. */
  aid(target: object, key: PropertyKey, make: (original: AnyFunction) => AnyFunction): void {
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    if (typeof descriptor?.value !== 'function' || !descriptor.configurable) return;
    Object.defineProperty(target, key, {
      ...descriptor,
      value: alike(make(descriptor.value), descriptor.value),
    });
  }

  /** Checks later that a property still has the value it has now. */
  watch(target: object, key: PropertyKey, label: string): void {
    this.#walls.push({ label, target, key, value: Reflect.get(target, key) });
  }

  /** The patches that are gone. */
  missing(): string[] {
    return this.#walls
      .filter(({ target, key, value }) => Reflect.get(target, key) !== value)
      .map(({ label }) => label);
  }
}

// Mocking libraries and util.promisify read a function's own properties.
function alike(patched: AnyFunction, original: AnyFunction): AnyFunction {
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'prototype' || key === 'arguments' || key === 'caller') continue;
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor) Object.defineProperty(patched, key, descriptor);
  }
  return patched;
}
