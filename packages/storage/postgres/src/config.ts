import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import type { AdapterOptions, BatchLimits } from '@drydock/storage';
import type pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import type { ColumnType } from './columns.js';
import { defineTable, type Table } from './table.js';

/** Where the records go and how the server is reached. */
export interface PostgresOptions extends AdapterOptions {
  /** `postgresql://user:password@host:5432/database`, with `sslmode` and the like as libpq has them. */
  readonly url?: string;
  /** Your own pool instead of `url`; it stays open on `disconnect`, and its `statement_timeout` stays as you set it. */
  readonly pool?: pg.Pool;
  /** TLS as Node's `tls.connect` takes it, or true for its defaults; default: what the URL says, else none. */
  readonly tls?: boolean | ConnectionOptions;
  /** Most connections at once; default 10. */
  readonly maxConnections?: number;
  /** Longest wait for a connection in milliseconds, within the deadline of the call; default 5 000. */
  readonly connectTimeoutMs?: number;
  /** What the server's own views show; default `drydock`. */
  readonly applicationName?: string;
  /** Makes the byte stream under a connection; default: a TCP socket. */
  readonly stream?: () => Duplex;
  /** Namespace of the table, created when missing; default `public`. */
  readonly schema?: string;
  /** Table of the records, created when missing. */
  readonly table: string;
  /** Properties with a column of their own; all others are kept in one JSONB column. Default: none. */
  readonly columns?: Readonly<Record<string, ColumnType>>;
  /** Column lists to index, such as `[['status', 'createdAt']]`; default: none beside the primary key. */
  readonly indexes?: readonly (readonly string[])[];
  /** Whether `connect` creates what is missing; default true, else it only checks. */
  readonly migrate?: boolean;
  /** Whether statements are prepared once a connection; default true, set to false behind a pooler that cannot. */
  readonly prepare?: boolean;
  /** Most records and bytes in one statement; default 1 000 and 8 MiB. */
  readonly batch?: Partial<BatchLimits>;
}

/** The options with their defaults, checked. */
export interface PostgresConfig {
  readonly table: Table;
  readonly migrate: boolean;
  readonly prepare: boolean;
  readonly limits: BatchLimits;
  readonly connection: ConnectionConfig;
}

/** How connections are made. */
export type ConnectionConfig =
  | { readonly pool: pg.Pool }
  | {
      readonly client: pg.PoolConfig;
      readonly stream: (() => Duplex) | undefined;
      readonly statementTimeoutMs: number;
    };

const DEFAULT_TIMEOUT_MS = 5_000;
const URL_PATTERN = /^postgres(ql)?:\/\//i;
const EXAMPLE = 'postgresql://user:password@localhost:5432/app';

/** Fills in defaults; throws a `TypeError` that names the option at fault and never its value. */
export function resolveConfig(options: PostgresOptions): PostgresConfig {
  const { maxItems = 1_000, maxBytes = 8 * 1024 * 1024 } = options.batch ?? {};
  return {
    table: defineTable({
      schema: options.schema ?? 'public',
      table: options.table,
      columns: options.columns ?? {},
      indexes: options.indexes ?? [],
    }),
    migrate: options.migrate ?? true,
    prepare: options.prepare ?? true,
    limits: {
      maxItems: atLeastOne('batch.maxItems', maxItems),
      maxBytes: atLeastOne('batch.maxBytes', maxBytes),
    },
    connection: resolveConnection(options),
  };
}

/** A server-side limit for a statement with this much time left: shortly before the client gives up. */
export function serverTimeoutMs(remainingMs: number): number {
  return Math.max(1, Math.floor(remainingMs * 0.95));
}

function resolveConnection(options: PostgresOptions): ConnectionConfig {
  const { pool, url } = options;
  if (pool && url !== undefined) throw new TypeError('Give either `url` or `pool`, not both.');
  if (pool) return { pool };
  if (url === undefined) throw new TypeError(`Give \`url\`, such as ${EXAMPLE}, or \`pool\`.`);
  const statementTimeoutMs = serverTimeoutMs(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const client: pg.PoolConfig = {
    ...parseUrl(url),
    ...(options.tls !== undefined && { ssl: options.tls }),
    max: atLeastOne('maxConnections', options.maxConnections ?? 10),
    connectionTimeoutMillis: atLeastOne('connectTimeoutMs', options.connectTimeoutMs ?? 5_000),
    application_name: options.applicationName ?? 'drydock',
    statement_timeout: statementTimeoutMs,
    keepAlive: true,
  };
  return { client, stream: options.stream, statementTimeoutMs };
}

/** Taken apart here, so that no object of the driver's holds the whole URL: it would show it when inspected. */
function parseUrl(url: string): pg.ClientConfig {
  const config = URL_PATTERN.test(url) ? parseOrUndefined(url) : undefined;
  if (!config) throw new TypeError(`The option \`url\` is no PostgreSQL URL; it looks like ${EXAMPLE}.`);
  const { user, password, host, port, database, ssl, options } = config;
  return defined({ user, password, host, port, database, ssl, options });
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

function atLeastOne(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1)
    throw new TypeError(`The option \`${name}\` must be an integer above 0.`);
  return value;
}
