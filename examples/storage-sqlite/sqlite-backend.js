import { createAdapter, decodeCursor, decodeJson, encodeCursor, encodeJson } from '@drydock/storage';
import { invalid, PAGE, readOrFault, readPage } from '@drydock/storage/backend-kit';

const QUERY = { ...PAGE, folder: 'string!' };

/** A storage adapter over one table of a database of sql.js. */
export function createSqliteAdapter({ database, table, ...options }) {
  return createAdapter(new SqliteBackend(database, table), options);
}

/** The part of the adapter that is SQLite's own. */
class SqliteBackend {
  name = 'sqlite';
  supportsTtl = true;
  // One file serves one process, so that nothing is gained by larger requests.
  limits = { maxItems: 500, maxBytes: 16_000_000 };
  queryShape = () => QUERY;
  conditions = { ifAbsent: true, ifVersion: false };
  #database;
  #table;

  constructor(database, table) {
    this.#database = database;
    this.#table = `"${table.replaceAll('"', '""')}"`;
  }

  async open(attempt) {
    attempt.sending();
    this.#run(
      `CREATE TABLE IF NOT EXISTS ${this.#table} (id TEXT PRIMARY KEY, folder TEXT, ends REAL, record TEXT NOT NULL)`,
    );
  }

  async close() {}

  /** SQLite takes NUL for the end of a text. */
  checkId(id) {
    if (id.includes('\0')) throw invalid('data', 'INVALID_ID', 'an id of sqlite holds no NUL character');
  }

  encode(record, { ttlMs }) {
    if (record.folder?.includes('\0'))
      throw invalid('data', 'INVALID_RECORD', 'a folder holds no NUL character');

    const value = { folder: record.folder, ends: ttlMs && Date.now() + ttlMs, record: encodeJson(record) };
    return { value, bytes: Buffer.byteLength(value.record) };
  }

  async store(records, attempt) {
    attempt.sending();
    for (const record of records) this.#put('INSERT OR REPLACE', record);
    return new Map();
  }

  async storeIf(record, _condition, attempt) {
    attempt.sending();
    this.#run(`DELETE FROM ${this.#table} WHERE id = ? AND ends <= ?`, [record.id, Date.now()]);
    this.#put('INSERT OR IGNORE', record);
    return this.#database.getRowsModified() === 1;
  }

  async retrieve(ids, attempt) {
    attempt.sending();
    const rows = this.#alive(`id IN (${ids.map(() => '?')})`, ids);
    return new Map(rows.map(([id, record]) => [id, readOrFault(() => decodeJson(record))]));
  }

  async delete(ids, attempt) {
    attempt.sending();
    const there = this.#alive(`id IN (${ids.map(() => '?')})`, ids);
    this.#run(`DELETE FROM ${this.#table} WHERE id IN (${ids.map(() => '?')})`, ids);
    return new Set(there.map(([id]) => id));
  }

  async search({ folder, limit, cursor }, attempt) {
    const [after] = cursor === undefined ? [''] : decodeCursor(cursor, ['string']);
    attempt.sending();
    const found = this.#alive('folder = ? AND id > ?', [folder, after], `ORDER BY id LIMIT ${limit + 1}`);
    const rows = found.slice(0, limit);
    const entries = rows.map(([id, record]) => ({ id, item: readOrFault(() => decodeJson(record)) }));
    const more = found.length > limit;
    return { ...readPage(entries), ...(more && { cursor: encodeCursor([rows.at(-1)[0]]) }) };
  }

  async touch(id, ttlMs, attempt) {
    attempt.sending();
    const ends = ttlMs === undefined ? null : Date.now() + ttlMs;
    const now = Date.now();
    this.#run(`UPDATE ${this.#table} SET ends = ? WHERE id = ? AND (ends IS NULL OR ends > ?)`, [
      ends,
      id,
      now,
    ]);
    return this.#database.getRowsModified() === 1;
  }

  async clear(attempt) {
    attempt.sending();
    const { length } = this.#alive('TRUE', []);
    this.#run(`DELETE FROM ${this.#table}`);
    return length;
  }

  async purge(attempt) {
    attempt.sending();
    this.#run(`DELETE FROM ${this.#table} WHERE ends <= ?`, [Date.now()]);
    return this.#database.getRowsModified();
  }

  async ping(attempt) {
    attempt.sending();
    const [[[version]]] = this.#database.exec('SELECT sqlite_version()').map(({ values }) => values);
    return { version };
  }

  fault(_error, sent) {
    return {
      kind: 'query',
      retriable: false,
      outcome: sent ? 'rejected' : 'not_sent',
      detail: 'SQLite refused the statement',
    };
  }

  #put(verb, { id, value: { folder = null, ends = null, record } }) {
    const sql = `${verb} INTO ${this.#table} (id, folder, ends, record) VALUES (?, ?, ?, ?)`;
    this.#run(sql, [id, folder, ends, record]);
  }

  /** Rows that have not expired. */
  #alive(condition, values, rest = '') {
    const sql = `SELECT id, record FROM ${this.#table} WHERE ${condition} AND (ends IS NULL OR ends > ?) ${rest}`;
    return this.#database.exec(sql, [...values, Date.now()])[0]?.values ?? [];
  }

  #run(sql, values) {
    this.#database.run(sql, values);
  }
}
