import { PGlite } from '@electric-sql/pglite';
import { cstring, encodeMessage, lastStatus } from './messages.js';

/** State of one session, which the engine, having only one itself, does not keep apart. */
export interface Tenant {
  /** Settings that differ from the server's defaults. */
  settings: Readonly<Record<string, string>>;
  /** Whether a statement may have changed settings since they were read last. */
  settingsTouched: boolean;
}

interface Waiting {
  readonly tenant: Tenant;
  grant(): void;
}

/**
 * One PGlite that several sessions use in turns.
 *
 * PGlite has a single session. A turn lasts from a request until the server is idle again, so that a transaction is
 * never interleaved with another session's statements; settings are swapped when the turn goes to another session.
 */
export class Engine {
  readonly #database: PGlite;
  readonly #waiting: Waiting[] = [];
  #holder: Tenant | undefined;
  #loaded: Tenant | undefined;

  private constructor(database: PGlite) {
    this.#database = database;
  }

  /** Starts an empty database in memory; takes 1 to 4 s. */
  static async start(): Promise<Engine> {
    const database = new PGlite();
    await database.waitReady;
    return new Engine(database);
  }

  async close(): Promise<void> {
    await this.#database.close();
  }

  async version(): Promise<string> {
    const { rows } = await this.#database.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? '';
  }

  /** Whether the session is inside a transaction block. */
  holdsTurn(tenant: Tenant): boolean {
    return this.#holder === tenant;
  }

  /** Runs whole messages and returns the server's reply; a signal that fires before its turn rejects with its reason. */
  async run(tenant: Tenant, request: Uint8Array, signal?: AbortSignal): Promise<Buffer> {
    await this.#takeTurn(tenant, signal);
    let inTransaction = false;
    try {
      await this.#load(tenant);
      const reply = Buffer.from(await this.#database.execProtocolRaw(request));
      // A reply without ReadyForQuery (after Flush) leaves the exchange open, as a transaction does.
      inTransaction = lastStatus(reply) !== 'I';
      return reply;
    } finally {
      if (!inTransaction) this.#passTurn();
    }
  }

  /** The session's current settings; call it while no statement of the session runs. */
  async settings(tenant: Tenant): Promise<Readonly<Record<string, string>>> {
    if (this.#loaded === tenant) await this.#save(tenant);
    return tenant.settings;
  }

  async rollback(tenant: Tenant): Promise<void> {
    if (this.#holder === tenant) await this.run(tenant, encodeMessage('Q', cstring('ROLLBACK')));
  }

  #takeTurn(tenant: Tenant, signal: AbortSignal | undefined): Promise<void> {
    if (this.#holder === tenant) return Promise.resolve();
    if (this.#holder === undefined) {
      this.#holder = tenant;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal?.reason);
      };
      const waiting = {
        tenant,
        grant: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
    });
  }

  #passTurn(): void {
    const next = this.#waiting.shift();
    this.#holder = next?.tenant;
    next?.grant();
  }

  async #load(tenant: Tenant): Promise<void> {
    const previous = this.#loaded;
    if (previous === tenant) return;
    if (previous) await this.#save(previous);
    this.#loaded = tenant;
    if (sameSettings(previous?.settings ?? {}, tenant.settings)) return;
    await this.#database.exec('RESET ROLE; RESET ALL');
    for (const [name, value] of Object.entries(tenant.settings)) {
      await this.#database.query('SELECT set_config($1, $2, false)', [name, value]);
    }
  }

  async #save(tenant: Tenant): Promise<void> {
    if (!tenant.settingsTouched || this.#database.isInTransaction()) return;
    const { rows } = await this.#database.query<{ name: string; setting: string }>(
      // pg_settings does not list the role, which is a setting as well.
      `SELECT name, setting FROM pg_settings WHERE source = 'session'
       UNION ALL SELECT 'role', current_setting('role') WHERE current_setting('role') <> 'none'`,
    );
    tenant.settings = Object.fromEntries(rows.map((row) => [row.name, row.setting]));
    tenant.settingsTouched = false;
  }
}

function sameSettings(left: Tenant['settings'], right: Tenant['settings']): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}
