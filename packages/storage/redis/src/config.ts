import type { ConnectionOptions } from 'node:tls';
import type { AdapterOptions, BatchLimits, StorageRecord, StorageTarget, Stored } from '@drydock/storage';
import { ADAPTER_OPTIONS, DEFAULT_DEADLINES, OptionCheck, type Shape } from '@drydock/storage/backend-kit';
import type { RedisOptions } from 'ioredis';

const DEFAULT_PORT = 6379;
const DEFAULT_PREFIX = 'drydock';
const DEFAULT_LIMITS: BatchLimits = { maxItems: 1_000, maxBytes: 4 * 1024 * 1024 };
const DEFAULT_COMMAND_TIMEOUT_MS = 60_000;
const DEFAULT_SILENCE_TIMEOUT_MS = 10_000;
const DEFAULT_RECONNECT_DELAY_MS = 1_000;
const EXAMPLE = 'redis://localhost:6379 or rediss://host:6380';
const check = new OptionCheck('redis');

/** How to reach Redis or Valkey, and how to lay out the records. */
export interface RedisConfig<R extends StorageRecord = StorageRecord> extends AdapterOptions {
  /** `redis://[user:password@]host[:port][/db]`, or `rediss://` for TLS, with no parameter but `family`; default `redis://localhost:6379`. */
  readonly url?: string | undefined;
  /** Seed nodes of a Cluster, as URLs like `url` without a database; when given, `url` is not used. */
  readonly cluster?: readonly string[] | undefined;
  /** User name; beats the one in the URL. */
  readonly username?: string | undefined;
  /** Password; beats the one in the URL. */
  readonly password?: string | undefined;
  /** TLS settings: own certificate authority, client certificate; given or not, `rediss://` turns TLS on. */
  readonly tls?: ConnectionOptions | undefined;
  /** What every key begins with; put it in braces to keep all keys in one Cluster slot; default `drydock`. */
  readonly prefix?: string | undefined;
  /** Group that a record can be searched by, such as its session; default: records are in no group. */
  readonly group?: ((record: Stored<R>) => string | undefined) | undefined;
  /** A record's place in its group, highest first; default: the time of storing in microseconds. */
  readonly order?: ((record: Stored<R>) => number) | undefined;
  /** Longest wait for a TCP or TLS connection in milliseconds, within the call's deadline; default 5 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Longest wait for one reply in milliseconds, whatever the call's deadline; default 60 000. */
  readonly commandTimeoutMs?: number | undefined;
  /** How long a connection may owe a reply, in milliseconds, before it is closed and opened again; default 10 000. */
  readonly silenceTimeoutMs?: number | undefined;
  /** Longest pause before a lost connection is opened again, in milliseconds; default 1 000. */
  readonly reconnectDelayMs?: number | undefined;
  /** Limits of one request; default 1 000 records or 4 MiB. */
  readonly batch?: Partial<BatchLimits>;
  /** Further options of ioredis, such as `Connector` or `sentinels`; those this adapter relies on win. */
  readonly driver?: Omit<RedisOptions, 'keyPrefix'>;
}

const OPTIONS: Shape<RedisConfig> = {
  ...ADAPTER_OPTIONS,
  url: 'string',
  cluster: 'list',
  username: 'string',
  password: 'string',
  tls: 'object',
  prefix: 'string',
  group: 'function',
  order: 'function',
  connectTimeoutMs: 'number',
  commandTimeoutMs: 'number',
  silenceTimeoutMs: 'number',
  reconnectDelayMs: 'number',
  batch: 'object',
  driver: 'object',
};

/** A configuration with every default filled in. */
export interface ResolvedConfig<R extends StorageRecord> extends RedisConfig<R> {
  readonly url: string;
  readonly prefix: string;
  readonly limits: BatchLimits;
  readonly connectTimeoutMs: number;
  readonly commandTimeoutMs: number;
  readonly silenceTimeoutMs: number;
  readonly reconnectDelayMs: number;
}

/** The part of the configuration that concerns the connection. */
export type ConnectionConfig = Omit<ResolvedConfig<StorageRecord>, 'group' | 'order'>;

/** Fills in the defaults; throws a `TypeError` that names the option at fault, never its value. */
export function resolveConfig<R extends StorageRecord>(config: RedisConfig<R>): ResolvedConfig<R> {
  check.options(config, OPTIONS);
  const {
    url = 'redis://localhost:6379',
    connectTimeoutMs = DEFAULT_DEADLINES.connectTimeoutMs,
    commandTimeoutMs = DEFAULT_COMMAND_TIMEOUT_MS,
    silenceTimeoutMs = DEFAULT_SILENCE_TIMEOUT_MS,
    reconnectDelayMs = DEFAULT_RECONNECT_DELAY_MS,
  } = config;
  checkUrl('url', url);
  checkDatabase('driver.db', config.driver?.db ?? 0);
  if (config.cluster?.length === 0) throw check.error('cluster', 'must name at least one seed node');
  for (const [index, node] of (config.cluster ?? []).entries()) checkNode(`cluster[${index}]`, node);
  if (config.prefix === '') throw check.error('prefix', 'must not be empty');
  const login = (node: string) => withCredentials(node, config);
  return {
    ...config,
    url: login(url),
    ...(config.cluster && { cluster: config.cluster.map(login) }),
    prefix: config.prefix ?? DEFAULT_PREFIX,
    limits: check.batch(config.batch, DEFAULT_LIMITS),
    connectTimeoutMs: check.milliseconds('connectTimeoutMs', connectTimeoutMs),
    commandTimeoutMs: check.milliseconds('commandTimeoutMs', commandTimeoutMs),
    silenceTimeoutMs: check.milliseconds('silenceTimeoutMs', silenceTimeoutMs),
    reconnectDelayMs: check.milliseconds('reconnectDelayMs', reconnectDelayMs),
  };
}

/** What telemetry says of the server. */
export function targetOf({ url, cluster }: Pick<ResolvedConfig<never>, 'url' | 'cluster'>): StorageTarget {
  const { hostname, port, pathname } = new URL(cluster?.[0] ?? url);
  return {
    system: 'redis',
    address: hostname || 'localhost',
    port: Number(port) || DEFAULT_PORT,
    namespace: pathname.slice(1) || '0',
  };
}

/** The driver would let the URL's own credentials win. */
function withCredentials(
  node: string,
  { username, password }: Pick<RedisConfig, 'username' | 'password'>,
): string {
  const url = new URL(node);
  if (username !== undefined) url.username = encodeURIComponent(username);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.href;
}

function checkUrl(option: string, url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (protocol !== 'redis:' && protocol !== 'rediss:') {
    throw check.error(option, `must be a URL such as ${EXAMPLE}`);
  }
  const { pathname, searchParams, hash } = new URL(url);
  // The driver takes each for an option of its own, which would win over those this adapter relies on.
  if ([...searchParams].some(([name, value]) => name !== 'family' || !/^[046]$/.test(value))) {
    const problem = 'must have no parameter but family, which is 4 or 6; give other options in `driver`';
    throw check.error(option, problem);
  }
  if (hash !== '') throw check.error(option, 'must have no fragment; write # in a password as %23');
  checkDatabase(option, pathname.slice(1) || 0);
}

/** A Cluster has one database, and the driver would ignore any other. */
function checkNode(option: string, url: string): void {
  checkUrl(option, url);
  if (!/^\/?0?$/.test(new URL(url).pathname))
    throw check.error(option, 'must have no database: a Cluster has one');
}

/** How many there are only the server knows: it refuses `connect`. */
function checkDatabase(option: string, database: string | number): void {
  if (/^\d{1,9}$/.test(String(database))) return;
  throw check.error(option, 'must name the database by its number, from 0, such as /2 in a URL');
}
