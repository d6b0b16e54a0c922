import type { BatchLimits } from '../batches/batch.js';
import { type AnyShape, type Shape, shapeFlaw } from '../records/shape.js';

/** The longest timer of Node's, in milliseconds; a longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const BATCH: Shape<BatchLimits> = { maxItems: 'number', maxBytes: 'number' };

/** Checks the options of one backend; each error is a `TypeError` that names backend and option, never the value. */
export class OptionCheck {
  readonly #backend: string;

  constructor(backend: string) {
    this.#backend = backend;
  }

  /** The error of an option that cannot work; `problem` follows the option's name: `must not be empty`. */
  error(option: string, problem: string): TypeError {
    return new TypeError(`${this.#backend}: \`${option}\` ${problem}`);
  }

  /** Refuses what would be ignored or misread: names that are not known, null, and values of another type. */
  options(given: unknown, shape: AnyShape, path = ''): void {
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      throw new TypeError(`${this.#backend}: \`${path.slice(0, -1) || 'config'}\` must be an object`);
    const flaw = shapeFlaw(given, shape, path);
    if (flaw !== undefined) throw new TypeError(`${this.#backend}: ${flaw}`);
  }

  /** An integer from 1 to `max`; default: any above 0. */
  integer(option: string, value: number, max = Number.MAX_SAFE_INTEGER): number {
    if (Number.isInteger(value) && value >= 1 && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? 'above 0' : `from 1 to ${max}`;
    throw this.error(option, `must be an integer ${range}`);
  }

  /** Milliseconds that a timer can wait. */
  milliseconds(option: string, value: number): number {
    return this.integer(option, value, LONGEST_TIMER_MS);
  }

  /** The limits of one request: those given, the defaults where they are silent; none above `most`. */
  batch(
    given: Partial<BatchLimits> = {},
    defaults: BatchLimits,
    most: Partial<BatchLimits> = {},
  ): BatchLimits {
    this.options(given, BATCH, 'batch.');
    const { maxItems, maxBytes } = given;
    return {
      maxItems: this.integer('batch.maxItems', maxItems ?? defaults.maxItems, most.maxItems),
      maxBytes: this.integer('batch.maxBytes', maxBytes ?? defaults.maxBytes, most.maxBytes),
    };
  }

  /** The address of a service that speaks HTTP, such as `example`. */
  httpUrl(text: string, example: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) throw this.error('url', `must be a URL such as ${example}`);
    if (url.username || url.password || url.search || url.hash) {
      throw this.error('url', 'must have no user, query or fragment; give the key as `apiKey`');
    }
    return url;
  }

  /** A key that can be a header: the platform's own error for any other would show it. */
  apiKey(key: string): string {
    if (typeof key === 'string' && /^[\x21-\x7e]+$/.test(key)) return key;
    throw this.error('apiKey', 'must be printable ASCII characters without spaces');
  }
}
