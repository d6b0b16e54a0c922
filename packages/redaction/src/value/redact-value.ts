import { types } from 'node:util';
import type { SecretNames } from '../names/name-rules.js';
import { isSecretCommand } from '../shapes/secret-commands.js';
import { mark } from '../text/spans.js';
import { bytesOfJsonBuffer, define, safeName } from './property-access.js';

/** How deep a value is followed; what lies deeper is replaced by a note. */
export const MAX_DEPTH = 100;

/** Shortest number that is replaced under a secret name: shorter ones are counts and flags. */
const MIN_SECRET_NUMBER = 100_000;

/** What the walk needs of its redactor. */
export interface ValueRedaction {
  readonly names: SecretNames;
  /** Redacts one string and cuts it to the cap. */
  readonly text: (text: string) => string;
  /** Whether a whole value stays although its name is secret. */
  readonly isAllowed: (value: string) => boolean;
  /** Largest binary value whose bytes are looked at and copied. */
  readonly maxBytes: number;
}

/** Copies a value of any shape with its secrets replaced; the input is read only. */
export function redactValue(input: unknown, redaction: ValueRedaction): unknown {
  return new Walk(redaction).visit(input, { depth: 0, secret: false });
}

interface Place {
  readonly depth: number;
  /** Below a secret name, where every string is secret. */
  readonly secret: boolean;
}

class Walk {
  readonly #redaction: ValueRedaction;
  // Twice, since the same object may be reached through a secret name and through another.
  readonly #copies = { plain: new Map<object, unknown>(), secret: new Map<object, unknown>() };

  constructor(redaction: ValueRedaction) {
    this.#redaction = redaction;
  }

  visit(input: unknown, place: Place): unknown {
    if (typeof input === 'string') return this.#string(input, place);
    if (typeof input === 'number' || typeof input === 'bigint') {
      return place.secret && (input >= MIN_SECRET_NUMBER || input <= -MIN_SECRET_NUMBER)
        ? mark()
        : this.#number(input);
    }
    if (typeof input === 'symbol') return this.#symbol(input);
    if (typeof input === 'function') return this.#redaction.text(`[Function: ${safeName(input)}]`);
    if (typeof input !== 'object' || input === null) return input;
    const seen = place.secret ? this.#copies.secret : this.#copies.plain;
    if (seen.has(input)) return seen.get(input);
    if (place.depth >= MAX_DEPTH) return '[too deep]';
    try {
      return this.#object(input, place, (copy) => seen.set(input, copy));
    } catch {
      // A revoked proxy, a hostile trap: nothing can be read, so nothing is shown.
      return '[unreadable]';
    }
  }

  #string(input: string, place: Place): string {
    const { isAllowed, text } = this.#redaction;
    return place.secret && input !== '' && !isAllowed(input) ? mark() : text(input);
  }

  #number(input: number | bigint): unknown {
    const text = String(input);
    return text.length < 8 || this.#redaction.text(text) === text ? input : this.#redaction.text(text);
  }

  #symbol(input: symbol): unknown {
    const text = String(input);
    const redacted = this.#redaction.text(text);
    return redacted === text ? input : redacted;
  }

  #object(input: object, place: Place, remember: (copy: unknown) => void): unknown {
    if (types.isNativeError(input) || input instanceof Error) return this.#error(input, place, remember);
    if (Array.isArray(input)) return this.#array(input, place, remember);
    if (input instanceof Map || types.isMap(input))
      return this.#map(input as Map<unknown, unknown>, place, remember);
    if (input instanceof Set || types.isSet(input)) return this.#set(input as Set<unknown>, place, remember);
    if (types.isDate(input)) return new Date(input.getTime());
    if (types.isAnyArrayBuffer(input) || ArrayBuffer.isView(input)) return this.#binary(input, place);
    if (types.isBoxedPrimitive(input)) return this.visit(input.valueOf(), place);
    if (types.isRegExp(input) || input instanceof URL) return this.#string(String(input), place);
    if (types.isPromise(input) || types.isWeakMap(input) || types.isWeakSet(input))
      return Object.prototype.toString.call(input);
    if (input instanceof URLSearchParams) return this.#redaction.text(`?${input}`).slice(1);
    if (input instanceof Headers) return this.visit(Object.fromEntries(input), place);
    return this.#record(input, place, remember);
  }

  #array(input: readonly unknown[], place: Place, remember: (copy: unknown) => void): unknown {
    const copy: unknown[] = [];
    remember(copy);
    copy.length = input.length;
    // Own keys instead of indices, so that a sparse array of any length is cheap.
    for (const key of Object.keys(input)) {
      const before = Number(key) > 0 ? input[Number(key) - 1] : undefined;
      define(
        copy,
        key,
        this.#property(input, key, { ...below(place), secret: place.secret || this.#namesNext(before) }),
      );
    }
    return copy;
  }

  /** In Node's `rawHeaders`, in header pairs and in argument lists a name is followed by its value. */
  #namesNext(element: unknown): boolean {
    if (typeof element !== 'string' || element.length > 64 || !/^[\w-]+$/.test(element)) return false;
    const { names } = this.#redaction;
    return names.isSecretHeader(element) || (element.includes('-') && names.isSecret(element));
  }

  #map(input: Map<unknown, unknown>, place: Place, remember: (copy: unknown) => void): unknown {
    const copy = new Map<unknown, unknown>();
    remember(copy);
    for (const [key, value] of Map.prototype.entries.call(input) as Iterable<[unknown, unknown]>) {
      const secret = place.secret || (typeof key === 'string' && this.#redaction.names.isSecret(key));
      copy.set(
        this.visit(key, { ...below(place), secret: false }),
        this.visit(value, { ...below(place), secret }),
      );
    }
    return copy;
  }

  #set(input: Set<unknown>, place: Place, remember: (copy: unknown) => void): unknown {
    const copy = new Set<unknown>();
    remember(copy);
    for (const value of Set.prototype.values.call(input) as Iterable<unknown>)
      copy.add(this.visit(value, below(place)));
    return copy;
  }

  #binary(input: ArrayBufferLike | ArrayBufferView, place: Place): unknown {
    const bytes = ArrayBuffer.isView(input)
      ? Buffer.from(input.buffer, input.byteOffset, input.byteLength)
      : Buffer.from(input as ArrayBuffer);
    if (place.secret && bytes.length > 0) return mark();
    if (bytes.length > this.#redaction.maxBytes) return `[${bytes.length} bytes]`;
    const text = bytes.toString('utf8');
    if (this.#redaction.text(text) !== text) return mark();
    return Buffer.isBuffer(input) ? Buffer.from(bytes) : structuredClone(input);
  }

  #error(input: Error, place: Place, remember: (copy: unknown) => void): Error {
    const copy = new Error('');
    remember(copy);
    // A DOMException's accessors refuse every object that is not one.
    const domException = input instanceof DOMException;
    Object.setPrototypeOf(copy, domException ? Error.prototype : Object.getPrototypeOf(input));
    const hidden = ['stack', 'message', ...(domException ? ['name', 'code'] : [])];
    for (const key of hidden) define(copy, key, this.#property(input, key, below(place)), false);
    for (const key of Reflect.ownKeys(input).filter((key) => key !== 'stack' && key !== 'message')) {
      this.#copyProperty(input, copy, key, place);
    }
    return copy;
  }

  #record(input: object, place: Place, remember: (copy: unknown) => void): unknown {
    const binary = bytesOfJsonBuffer(input);
    if (binary !== undefined)
      return this.#binary(binary, place) === mark() ? mark() : { type: 'Buffer', data: [...binary] };
    const copy: object = Object.getPrototypeOf(input) === null ? Object.create(null) : {};
    remember(copy);
    const secretCommand = isSecretCommand(input);
    for (const key of Reflect.ownKeys(input)) {
      this.#copyProperty(input, copy, key, {
        ...place,
        secret: place.secret || (secretCommand && key === 'args'),
      });
    }
    return copy;
  }

  #copyProperty(input: object, copy: object, key: string | symbol, place: Place): void {
    const enumerable = Object.getOwnPropertyDescriptor(input, key)?.enumerable ?? false;
    // A secret can be a name as well: `{ [apiKey]: count }`.
    const shown = typeof key === 'string' ? this.#redaction.text(key) : key;
    const secret = place.secret || (typeof key === 'string' && this.#redaction.names.isSecret(key));
    define(copy, shown, this.#property(input, key, { ...below(place), secret }), enumerable);
  }

  #property(input: object, key: string | symbol, place: Place): unknown {
    let value: unknown;
    try {
      value = Reflect.get(input, key);
    } catch {
      return '[unreadable]';
    }
    return this.visit(value, place);
  }
}

function below(place: Place): Place {
  return { depth: place.depth + 1, secret: place.secret };
}
