/** What a key holds. */
export type Value = string | Map<string, number>;

interface Entry {
  readonly value: Value;
  expiresAt?: number;
}

/** Keys, their values and lifetimes; time is asked for on every access. */
export class Keyspace {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
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

  /** Milliseconds left, -1 for ever, -2 when there is no such key. */
  ttl(key: string): number {
    const entry = this.#live(key);
    if (!entry) return -2;
    return entry.expiresAt === undefined ? -1 : entry.expiresAt - this.#now();
  }

  /** Whether there was such a key. */
  expire(key: string, ttlMs: number): boolean {
    const entry = this.#live(key);
    if (entry) entry.expiresAt = this.#now() + ttlMs;
    return entry !== undefined;
  }

  /** Whether the key had a lifetime. */
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
