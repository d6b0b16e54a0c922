import { abandonOn } from '@drydock/resilience';
import type { Backend } from '../backend.js';
import type { EncodedRecord } from '../batches/prepare.js';
import type { Attempt } from '../calls/attempt.js';
import type { Fault } from '../errors/fault.js';
import { decodeCursor, encodeCursor } from '../records/cursor.js';
import { decodeJson, encodeJson } from '../records/json.js';
import type { SearchPage, StorageQuery, Stored } from '../records/record.js';
import { PAGE, type Shape } from '../records/shape.js';

export interface Note {
  readonly id?: string;
  readonly scope?: string;
  readonly number?: number;
  readonly text?: string;
  readonly data?: unknown;
}

export interface NoteQuery extends StorageQuery {
  readonly scope?: string;
}

/** Thrown by the scripted driver; its text stands for what must never leave. */
export class DriverError extends Error {
  constructor(readonly fault: Partial<Fault>) {
    super('driver text with canary-secret');
  }
}

type Step = 'ok' | 'hang' | Error | (() => void);

export interface Entry {
  readonly text: string;
  readonly expiresAt: number;
}

const QUERY: Shape<NoteQuery> = { ...PAGE, scope: 'string' };

/** A backend in memory that follows a script, request by request; where the script ends, all is well. */
export class MemoryBackend implements Backend<Note, NoteQuery, Stored<Note>, Entry> {
  readonly name = 'memory';
  readonly supportsTtl: boolean = true;
  readonly queryShape = () => QUERY;
  limits = { maxItems: 100, maxBytes: 1_000_000 };
  coalescing: { readonly ordered: boolean } = { ordered: false };

  readonly requests: string[] = [];
  readonly partial: Map<string, Fault>[] = [];
  script: Step[] = [];
  opened = 0;
  closed = 0;

  constructor(readonly entries = new Map<string, Entry>()) {}

  async open(attempt: Attempt): Promise<void> {
    await this.#request('open', attempt);
    this.opened += 1;
  }

  async close(): Promise<void> {
    this.closed += 1;
  }

  encode(record: Stored<Note>, options: { ttlMs?: number }) {
    const text = encodeJson(record);
    const expiresAt = options.ttlMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + options.ttlMs;
    return { value: { text, expiresAt }, bytes: Buffer.byteLength(text) };
  }

  async store(
    records: readonly EncodedRecord<Entry>[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Fault>> {
    await this.#request(`store ${records.map(({ id }) => id)}`, attempt);
    const faults = this.partial.shift() ?? new Map<string, Fault>();
    for (const { id, value } of records) if (!faults.has(id)) this.entries.set(id, value);
    return faults;
  }

  async retrieve(
    ids: readonly string[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Stored<Note> | null>> {
    await this.#request(`retrieve ${ids}`, attempt);
    return new Map(ids.map((id) => [id, this.#live(id)]));
  }

  async delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    await this.#request(`delete ${ids}`, attempt);
    return new Set(ids.filter((id) => this.#live(id) && this.entries.delete(id)));
  }

  async search(query: NoteQuery & { limit: number }, attempt: Attempt): Promise<SearchPage<Stored<Note>>> {
    const [after = ''] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['string']);
    await this.#request('search', attempt);
    const ids = [...this.entries.keys()].filter((id) => id > after && this.#matches(id, query)).sort();
    const page = ids.slice(0, query.limit);
    const items = page.flatMap((id) => this.#live(id) ?? []);
    const last = page.at(-1);
    return { items, ...(ids.length > page.length && last !== undefined && { cursor: encodeCursor([last]) }) };
  }

  async ping(attempt: Attempt): Promise<{ version: string }> {
    await this.#request('ping', attempt);
    return { version: '1.0' };
  }

  fault(error: unknown, sent: boolean): Fault {
    const outcome = sent ? 'unknown' : 'not_sent';
    const scripted = error instanceof DriverError ? error.fault : {};
    return { kind: 'query', retriable: false, outcome, detail: 'the memory backend failed', ...scripted };
  }

  async #request(name: string, attempt: Attempt): Promise<void> {
    attempt.sending();
    this.requests.push(name);
    await Promise.resolve();
    const step = this.script.shift() ?? 'ok';
    if (step === 'hang') await abandonOn(attempt.signal, new Promise(() => {}));
    if (step instanceof Error) throw step;
    if (typeof step === 'function') step();
  }

  #matches(id: string, { scope }: NoteQuery): boolean {
    const record = this.#live(id);
    return record !== null && (scope === undefined || record.scope === scope);
  }

  #live(id: string): Stored<Note> | null {
    const entry = this.entries.get(id);
    if (!entry || entry.expiresAt <= Date.now()) return null;
    return decodeJson(entry.text) as Stored<Note>;
  }
}
