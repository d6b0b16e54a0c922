import type { ConnectionOptions } from 'node:tls';
import type { AdapterOptions, BatchLimits, StorageTarget } from '@drydock/storage';
import {
  ADAPTER_OPTIONS,
  DEFAULT_DEADLINES,
  OptionCheck,
  type Shape,
  serverTimeoutMs,
} from '@drydock/storage/backend-kit';
import type pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import type { ColumnType } from './columns.js';
import { defineTable, type Table } from './table.js';

/** Where the records go and how the server is reached. */
export interface PostgresConfig extends AdapterOptions {
  /** `postgresql://user:password@host:5432/database`, with `sslmode` and the like as libpq has them. */
  readonly url?: string | undefined;
  /** Your own pool instead of `url`; it stays open on `disconnect`, and its `statement_timeout` stays as you set it. */
  readonly pool?: pg.Pool | undefined;
  /** User name; beats the one in the URL. */
  readonly username?: string | undefined;
  /** Password, or a function that is asked at each login; beats the one in the URL. */
  readonly password?: string | (() => string | Promise<string>) | undefined;
  /** TLS as Node's `tls.connect` takes it, or true for its defaults; default: what the URL says, else none. */
  readonly tls?: boolean | ConnectionOptions | undefined;
  /** Most connections at once; default 10. */
  readonly maxConnections?: number | undefined;
  /** Longest wait for a connection in milliseconds, within the deadline of the call; default 5 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** What the server's own views show; default `drydock`. */
  readonly applicationName?: string | undefined;
  /** Namespace of the table, created when missing; default `public`. */
  readonly schema?: string | undefined;
  /** Table of the records, created when missing. */
  readonly table: string;
  /** Properties with a column of their own; all others are kept in one JSONB column. Default: none. */
  readonly columns?: Readonly<Record<string, ColumnType>> | undefined;
  /** Column lists to index, such as `[['status', 'createdAt']]`; default: none beside the primary key. */
  readonly indexes?: readonly (readonly string[])[] | undefined;
  /** Whether `connect` creates what is missing; default true, else it only checks. */
  readonly migrate?: boolean | undefined;
  /** Whether statements are prepared once a connection; default true, set to false behind a pooler that cannot. */
  readonly prepare?: boolean | undefined;
  /** Whether a pooler such as PgBouncer stands before the server; default: `connect` finds out. */
  readonly pooler?: boolean | undefined;
  /** Most records and bytes in one statement; default 1 000 and 8 MiB. */
  readonly batch?: Partial<BatchLimits> | undefined;
  /** Further options of pg's pool, such as `stream` or `idleTimeoutMillis`; those this adapter relies on win. */
  readonly driver?: Omit<pg.PoolConfig, 'connectionString'> | undefined;
}

const OPTIONS: Shape<PostgresConfig> = {
  ...ADAPTER_OPTIONS,
  url: 'string',
  pool: 'object',
  username: 'string',
  password: 'string|function',
  tls: 'boolean|object',
  maxConnections: 'number',
  connectTimeoutMs: 'number',
  applicationName: 'string',
  schema: 'string',
  table: 'string',
  columns: 'object',
  indexes: 'list',
  migrate: 'boolean',
  prepare: 'boolean',
  pooler: 'boolean',
  batch: 'object',
  driver: 'object',
};

/** The options with their defaults, checked. */
export interface ResolvedConfig {
  readonly table: Table;
  readonly migrate: boolean;
  readonly prepare: boolean;
  /** Undefined where `connect` has to find out. */
  readonly pooler: boolean | undefined;
  readonly limits: BatchLimits;
  readonly connection: ConnectionConfig;
}

/** How connections are made. */
export type ConnectionConfig =
  | { readonly pool: pg.Pool }
  | { readonly client: pg.PoolConfig; readonly statementTimeoutMs: number };

const DEFAULT_PORT = 5432;
const DEFAULT_LIMITS: BatchLimits = { maxItems: 1_000, maxBytes: 8 * 1024 * 1024 };
const URL_PATTERN = /^postgres(ql)?:\/\//i;
const EXAMPLE = 'postgresql://user:password@localhost:5432/app';
/** What a URL may say after its question mark. */
const PARAMETERS = [
  ...['host', 'port', 'user', 'password', 'options', 'application_name'],
  ...['ssl', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslnegotiation', 'uselibpqcompat'],
];
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];
const check = new OptionCheck('postgres');

/** Fills in defaults; throws a `TypeError` that names the option at fault and never its value. */
export function resolveConfig(config: PostgresConfig): ResolvedConfig {
  check.options(config, OPTIONS);
  return {
    table: defineTable({
      schema: config.schema ?? 'public',
      table: config.table,
      columns: config.columns ?? {},
      indexes: config.indexes ?? [],
    }),
    migrate: config.migrate ?? true,
    prepare: config.prepare ?? true,
    pooler: config.pooler,
    limits: check.batch(config.batch, DEFAULT_LIMITS),
    connection: resolveConnection(config),
  };
}

/** What telemetry says of the server. */
export function targetOf({ connection, table }: Pick<ResolvedConfig, 'connection' | 'table'>): StorageTarget {
  const given = 'pool' in connection ? connection.pool.options : connection.client;
  const { host, port, database } = given.connectionString ? parseUrl(given.connectionString) : given;
  return {
    system: 'postgresql',
    address: host,
    port: Number(port ?? DEFAULT_PORT),
    namespace: [database, table.schema].filter(Boolean).join('|'),
    collection: table.name,
  };
}

function resolveConnection(config: PostgresConfig): ConnectionConfig {
  const { pool, url, username, password, tls, maxConnections = 10 } = config;
  const { timeoutMs = DEFAULT_DEADLINES.timeoutMs } = config;
  const { connectTimeoutMs = DEFAULT_DEADLINES.connectTimeoutMs } = config;
  if (pool && url !== undefined) throw check.error('url', 'and `pool` exclude each other');
  if (pool) return { pool };
  if (url === undefined) throw check.error('url', `or \`pool\` must be given; a URL looks like ${EXAMPLE}`);
  const statementTimeoutMs = serverTimeoutMs(timeoutMs);
  const client: pg.PoolConfig = {
    keepAlive: true,
    application_name: 'drydock',
    ...config.driver,
    ...parseUrl(url),
    ...(username !== undefined && { user: username }),
    ...(password !== undefined && { password }),
    ...(tls !== undefined && { ssl: tls }),
    max: check.integer('maxConnections', maxConnections),
    connectionTimeoutMillis: check.milliseconds('connectTimeoutMs', connectTimeoutMs),
    ...(config.applicationName !== undefined && { application_name: config.applicationName }),
    statement_timeout: statementTimeoutMs,
    // Both would take the end of a call out of the adapter's hands.
    query_timeout: 0,
    pipeline: false,
  };
  return { client, statementTimeoutMs };
}

/** Taken apart here, so that no object of the driver's holds the whole URL: it would show it when inspected. */
function parseUrl(url: string): pg.ClientConfig {
  const config = URL_PATTERN.test(url) ? parseOrUndefined(url) : undefined;
  if (!config) throw check.error('url', `must be a URL such as ${EXAMPLE}`);
  checkParameters(url);
  const { user, password, host, port, database, ssl, options, application_name } = config;
  return defined({ user, password, host, port, database, ssl, options, application_name });
}

/** The parser takes any parameter, and what the adapter does not pass on would be lost without a word. */
function checkParameters(url: string): void {
  if (url.includes('#')) throw check.error('url', 'must have no fragment; write # in a password as %23');
  const given = new URLSearchParams(url.split('?')[1]);
  if ([...given.keys()].some((name) => !PARAMETERS.includes(name))) {
    const others = 'give others by their options, such as schema, prepare, connectTimeoutMs, maxConnections';
    throw check.error('url', `must have no parameters but ${PARAMETERS.join(', ')}; ${others}`);
  }
  const mode = given.get('sslmode') ?? 'disable';
  if (!SSL_MODES.includes(mode)) throw check.error('url', `must have an sslmode of ${SSL_MODES.join(', ')}`);
}

function parseOrUndefined(url: string) {
  try {
    return parseIntoClientConfig(url);
  } catch {
    return undefined;
  }
}

function defined(config: Record<string, unknown>): pg.ClientConfig {
  return Object.fromEntries(
    Object.entries(config).filter(([, value]) => value !== undefined && value !== ''),
  );
}
