/** A property that must keep its value. */
interface Patch {
  label: string;
  target: object;
  key: PropertyKey;
  value: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: the natives that are patched have no types
export type AnyFunction = (this: any, ...args: any[]) => any;

/** Patches functions and notices when a patch is gone. */
export class Patches {
  readonly #pinned: Patch[] = [];

  constructor(readonly tampered: (label: string) => void) {}

  /**
   * Replaces a method by one that refuses, and nobody can put the original back. It is an accessor, because Node assigns
   * to instances (`handle.bind = handle.bind6`), which a read-only property on the prototype would forbid. An assignment
   * to the patched object itself is recorded.
   */
  block(target: object, key: PropertyKey, label: string, make: (original: AnyFunction) => AnyFunction): void {
    const original = (target as Record<PropertyKey, unknown>)[key];
    if (typeof original !== 'function') return;
    this.pin(target, key, label, withPropertiesOf(make(original as AnyFunction), original as AnyFunction));
  }

  /** Sets a property that nobody can change afterwards. */
  pin(target: object, key: PropertyKey, label: string, value: unknown): void {
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
    this.#pinned.push({ label, target, key, value });
  }

  /** Replaces a method by one that records more about a call. Tests may replace it, because `block` holds a layer below it. */
  observe(target: object, key: PropertyKey, make: (original: AnyFunction) => AnyFunction): void {
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    if (typeof descriptor?.value !== 'function' || !descriptor.configurable) return;
    Object.defineProperty(target, key, {
      ...descriptor,
      value: withPropertiesOf(make(descriptor.value), descriptor.value),
    });
  }

  /** Adds a property that `missing` compares with the value it has now. */
  watch(target: object, key: PropertyKey, label: string): void {
    this.#pinned.push({ label, target, key, value: Reflect.get(target, key) });
  }

  /** The labels of the patches that are gone. */
  missing(): string[] {
    return this.#pinned
      .filter(({ target, key, value }) => Reflect.get(target, key) !== value)
      .map(({ label }) => label);
  }
}

// Mocking libraries and util.promisify read properties of a function.
function withPropertiesOf(patched: AnyFunction, original: AnyFunction): AnyFunction {
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'prototype' || key === 'arguments' || key === 'caller') continue;
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor) Object.defineProperty(patched, key, descriptor);
  }
  return patched;
}
