/** What a key holds. */
export type Value = string | Map<string, number>;

interface Entry {
  readonly value: Value;
  expiresAt?: number;
}

/** Keys with their values and lifetimes; every access reads the clock. */
export class Keyspace {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The server's clock in milliseconds. */
  now(): number {
    return this.#now();
  }

  get(key: string): Value | undefined {
    return this.#live(key)?.value;
  }

  set(key: string, value: Value, ttlMs?: number): void {
    this.#entries.set(key, { value, ...(ttlMs !== undefined && { expiresAt: this.#now() + ttlMs }) });
  }

  delete(key: string): boolean {
    return this.#live(key) !== undefined && this.#entries.delete(key);
  }

  /** Milliseconds left; -1 for a key without a lifetime, -2 for a key that does not exist. */
  ttl(key: string): number {
    const entry = this.#live(key);
    if (!entry) return -2;
    return entry.expiresAt === undefined ? -1 : entry.expiresAt - this.#now();
  }

  /** Removes a key; true where it existed. */
  expire(key: string, ttlMs: number): boolean {
    const entry = this.#live(key);
    if (entry) entry.expiresAt = this.#now() + ttlMs;
    return entry !== undefined;
  }

  /** Removes a key's lifetime; true where it had one. */
  persist(key: string): boolean {
    const entry = this.#live(key);
    if (entry?.expiresAt === undefined) return false;
    delete entry.expiresAt;
    return true;
  }

  keys(): string[] {
    return [...this.#entries.keys()].filter((key) => this.#live(key));
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry?.expiresAt === undefined || entry.expiresAt > this.#now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }
}
