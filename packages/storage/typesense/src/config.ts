import type { AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import type { AdapterOptions, BatchLimits, StorageTarget } from '@drydock/storage';
import { ADAPTER_OPTIONS, OptionCheck, type Shape } from '@drydock/storage/backend-kit';
import type { FieldType } from 'typesense';
import { type FieldOptions, resolveFields } from './fields.js';

/** Options of Node's `Agent`, and a way to make connections other than its own. */
export interface DriverOptions extends AgentOptions {
  /** Makes a connection, which may fail later by its event `error`; default: as Node does. */
  createConnection?(options: object): Duplex;
}

/** Where the records go and how the server is reached. */
export interface TypesenseConfig extends AdapterOptions {
  /** `http://host:8108` or `https://host`; a path is kept, and a missing port is the protocol's own, 80 or 443. */
  readonly url: string;
  /** Sent as the header `X-TYPESENSE-API-KEY`. */
  readonly apiKey: string;
  /** TLS settings as Node's `tls.connect` takes them, such as `ca`; default: Node's. */
  readonly tls?: ConnectionOptions;
  /** Most connections at once; default 10. */
  readonly maxConnections?: number;
  /** Collection of the records, created when missing. */
  readonly collection: string;
  /** Properties that can be searched, filtered and sorted by; the others are kept and come back all the same. */
  readonly fields: Readonly<Record<string, FieldOptions | FieldType>>;
  /** Whether `connect` creates what is missing; default true, else it only checks. */
  readonly migrate?: boolean;
  /** For a key that may only search, such as a scoped one: nothing but searches is sent, and writes are refused by the server; default false. */
  readonly searchOnly?: boolean;
  /** Most records and bytes in one request; default 1 000 and 8 MiB, at most 10 000 records. */
  readonly batch?: Partial<BatchLimits>;
  /** Further options of Node's `Agent`, such as `createConnection`; those this adapter relies on win. */
  readonly driver?: DriverOptions;
}

const OPTIONS: Shape<TypesenseConfig> = {
  ...ADAPTER_OPTIONS,
  url: 'string',
  apiKey: 'string',
  tls: 'object',
  maxConnections: 'number',
  collection: 'string',
  fields: 'object',
  migrate: 'boolean',
  searchOnly: 'boolean',
  batch: 'object',
  driver: 'object',
};

/** The options with their defaults, checked. */
export interface ResolvedConfig {
  readonly collection: string;
  readonly fields: ReadonlyMap<string, FieldOptions>;
  /** Names of the fields that hold vectors. */
  readonly vectors: readonly string[];
  readonly migrate: boolean;
  readonly searchOnly: boolean;
  readonly limits: BatchLimits;
  readonly connection: ConnectionConfig;
}

/** How connections are made. */
export interface ConnectionConfig {
  /** Address with the path before Typesense's own, without a slash at its end. */
  readonly url: string;
  readonly https: boolean;
  readonly apiKey: string;
  /** Options of the pool of connections. */
  readonly agent: DriverOptions;
}

/** The server closes idle connections after ten seconds; ours must be given up before. */
const IDLE_MS = 5_000;
/** Each search brings 250 ids, and the server takes 50 searches at once. */
const MAX_ITEMS = 10_000;
const DEFAULT_LIMITS: BatchLimits = { maxItems: 1_000, maxBytes: 8 * 1024 * 1024 };
const check = new OptionCheck('typesense');

/** Fills in defaults; throws a `TypeError` that names the option at fault and never its value. */
export function resolveConfig(config: TypesenseConfig): ResolvedConfig {
  check.options(config, OPTIONS);
  const fields = resolveFields(config.fields);
  return {
    collection: checkCollection(config.collection),
    fields,
    vectors: [...fields].filter(([, { num_dim }]) => num_dim !== undefined).map(([name]) => name),
    migrate: config.migrate ?? true,
    searchOnly: config.searchOnly ?? false,
    limits: check.batch(config.batch, DEFAULT_LIMITS, { maxItems: MAX_ITEMS }),
    connection: resolveConnection(config),
  };
}

/** What telemetry says of the server. */
export function targetOf({ connection, collection }: ResolvedConfig): StorageTarget {
  const { hostname, port } = new URL(connection.url);
  return {
    system: 'typesense',
    address: hostname,
    port: Number(port) || (connection.https ? 443 : 80),
    collection,
  };
}

/** How connections are made; throws a `TypeError` that names the option at fault and never its value. */
export function resolveConnection(
  config: Pick<TypesenseConfig, 'url' | 'apiKey' | 'tls' | 'maxConnections' | 'driver'>,
): ConnectionConfig {
  const { url, apiKey, tls = {}, maxConnections = 10, driver = {} } = config;
  return {
    ...parseUrl(url),
    apiKey: check.apiKey(apiKey),
    agent: {
      ...driver,
      ...tls,
      keepAlive: true,
      timeout: IDLE_MS,
      maxSockets: check.integer('maxConnections', maxConnections),
    },
  };
}

function parseUrl(text: string): Pick<ConnectionConfig, 'url' | 'https'> {
  const url = check.httpUrl(text, 'http://localhost:8108');
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    https: url.protocol === 'https:',
  };
}

function checkCollection(name: string): string {
  if (typeof name === 'string' && /^[^/\p{Cc}]{1,255}$/u.test(name) && !/^\.{1,2}$/.test(name)) return name;
  throw check.error('collection', 'must be 1 to 255 characters, without slashes and control characters');
}
