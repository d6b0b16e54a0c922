import type { Duplex } from 'node:stream';
import type { AdapterOptions, BatchLimits, StorageTarget } from '@drydock/storage';
import { ADAPTER_OPTIONS, DEFAULT_DEADLINES, OptionCheck, type Shape } from '@drydock/storage/backend-kit';
import type { Config } from 'neo4j-driver';
import { defineSchema, type Schema } from './schema.js';

/** A byte stream that emits `connect` once it is open, as a socket does. */
export type BoltStream = Duplex & { setTimeout(ms: number): unknown };

/** Where the graph is kept and how the server is reached. */
export interface Neo4jConfig extends AdapterOptions {
  /** `bolt://host:7687` for one server, `neo4j://` for routing in a cluster; `+s` adds TLS, `+ssc` TLS without checks. */
  readonly url: string;
  /** Default `neo4j`. */
  readonly username?: string;
  /** Default: the server asks for none. */
  readonly password?: string;
  /** Name of the database; default `neo4j`. */
  readonly database?: string;
  /** PEM files of authorities to trust instead of the system's; turns TLS on, so `url` has no `+s`. */
  readonly trustedCertificates?: readonly string[];
  /** Most connections at once to one server; default 100. */
  readonly maxConnections?: number;
  /** Longest wait for a connection in milliseconds, within the deadline of the call; default 5 000. */
  readonly connectTimeoutMs?: number;
  /** What the server's own views show; default `drydock`. */
  readonly applicationName?: string;
  /** Label that marks all entities of this adapter; ids are unique within it. */
  readonly namespace: string;
  /** Labels that entities may have. */
  readonly labels: readonly string[];
  /** Types that relationships may have; default: none. */
  readonly types?: readonly string[];
  /** Properties to index, by label, such as `{ Person: ['name'] }`; default: none beside the ids. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  /** Whether `connect` creates constraints and indexes that are missing; default true, else it only checks. */
  readonly migrate?: boolean;
  /** Most records and bytes in one request; default 1 000 and 4 MiB. */
  readonly batch?: Partial<BatchLimits>;
  /** Further options of the driver, such as `connectionLivenessCheckTimeout`; those this adapter relies on win. */
  readonly driver?: DriverConfig;
}

/** The driver's own options, and one that it lacks. */
export interface DriverConfig extends Config {
  /** Makes the byte stream under a connection; default: a TCP or TLS socket. */
  readonly stream?: (address: { readonly host: string; readonly port: number }) => BoltStream;
}

const OPTIONS: Shape<Neo4jConfig> = {
  ...ADAPTER_OPTIONS,
  url: 'string',
  username: 'string',
  password: 'string',
  database: 'string',
  trustedCertificates: 'list',
  maxConnections: 'number',
  connectTimeoutMs: 'number',
  applicationName: 'string',
  namespace: 'string',
  labels: 'list',
  types: 'list',
  indexes: 'object',
  migrate: 'boolean',
  batch: 'object',
  driver: 'object',
};

/** The options with their defaults, checked. */
export interface ResolvedConfig {
  readonly schema: Schema;
  readonly migrate: boolean;
  readonly limits: BatchLimits;
  readonly connection: ConnectionConfig;
}

/** How connections are made. */
export interface ConnectionConfig {
  readonly url: string;
  readonly routing: boolean;
  readonly login: { readonly username: string; readonly password: string } | undefined;
  readonly database: string;
  readonly trustedCertificates: readonly string[];
  readonly maxConnections: number;
  readonly connectTimeoutMs: number;
  readonly applicationName: string;
  readonly driver: DriverConfig;
}

const DEFAULT_PORT = 7687;
const DEFAULT_LIMITS: BatchLimits = { maxItems: 1_000, maxBytes: 4 * 1024 * 1024 };
const URL_PATTERN = /^(bolt|neo4j)(\+s|\+ssc)?:\/\//;
const EXAMPLE = 'bolt://localhost:7687';
const check = new OptionCheck('neo4j');

/** Fills in defaults; throws a `TypeError` that names the option at fault and never its value. */
export function resolveConfig(config: Neo4jConfig): ResolvedConfig {
  check.options(config, OPTIONS);
  return {
    schema: defineSchema({
      namespace: config.namespace,
      labels: config.labels ?? [],
      types: config.types ?? [],
      indexes: config.indexes ?? {},
    }),
    migrate: config.migrate ?? true,
    limits: check.batch(config.batch, DEFAULT_LIMITS),
    connection: resolveConnection(config),
  };
}

/** What telemetry says of the server. */
export function targetOf({ connection, schema }: ResolvedConfig): StorageTarget {
  const { hostname, port } = new URL(connection.url);
  return {
    system: 'neo4j',
    address: hostname,
    port: Number(port) || DEFAULT_PORT,
    namespace: connection.database,
    collection: schema.namespace,
  };
}

function resolveConnection(config: Neo4jConfig): ConnectionConfig {
  const { username = 'neo4j', password, database = 'neo4j', trustedCertificates = [], driver = {} } = config;
  const { maxConnections = 100, connectTimeoutMs = DEFAULT_DEADLINES.connectTimeoutMs } = config;
  const url = checkUrl(config.url);
  const secure = /^\w+\+/.test(url);
  // Without a name the driver asks the server for one, which costs a request.
  if (typeof database !== 'string' || database === '') throw check.error('database', 'must be a name');
  if (secure && trustedCertificates.length > 0) {
    throw check.error('trustedCertificates', 'turns TLS on by itself; leave `+s` and `+ssc` out of `url`');
  }
  if (driver.stream && (secure || trustedCertificates.length > 0)) {
    throw check.error('driver.stream', 'carries plain bytes; leave TLS and `trustedCertificates` out');
  }
  return {
    url,
    routing: url.startsWith('neo4j'),
    login: password === undefined ? undefined : { username, password },
    database,
    trustedCertificates,
    maxConnections: check.integer('maxConnections', maxConnections),
    connectTimeoutMs: check.milliseconds('connectTimeoutMs', connectTimeoutMs),
    applicationName: config.applicationName ?? 'drydock',
    driver,
  };
}

/** The driver drops a path and ignores credentials without a word: here they are refused. */
function checkUrl(url: string): string {
  const parsed = typeof url === 'string' && URL_PATTERN.test(url) ? parseOrUndefined(url) : undefined;
  if (!parsed?.hostname) throw check.error('url', `must be a Bolt address such as ${EXAMPLE}`);
  if (parsed.username || parsed.password) {
    throw check.error('url', 'must not hold credentials; give them as `username` and `password`');
  }
  if (!/^\/?$/.test(parsed.pathname) || parsed.hash) {
    throw check.error('url', 'must not have a path; give the name of the database as `database`');
  }
  if (parsed.search && !parsed.protocol.startsWith('neo4j')) {
    throw check.error('url', 'must not have parameters; only `neo4j://` takes them, as its routing context');
  }
  return `${parsed.protocol}//${parsed.host}${parsed.search}`;
}

function parseOrUndefined(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
