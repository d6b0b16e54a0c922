import type { AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import type { AdapterOptions, BatchLimits, StorageTarget } from '@drydock/storage';
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

/** Fills in defaults; throws a `TypeError` that names the option at fault and never its value. */
export function resolveConfig(config: TypesenseConfig): ResolvedConfig {
  const { maxItems = 1_000, maxBytes = 8 * 1024 * 1024 } = config.batch ?? {};
  const fields = resolveFields(config.fields);
  return {
    collection: checkCollection(config.collection),
    fields,
    vectors: [...fields].filter(([, { num_dim }]) => num_dim !== undefined).map(([name]) => name),
    migrate: config.migrate ?? true,
    searchOnly: config.searchOnly ?? false,
    limits: {
      maxItems: integer('batch.maxItems', maxItems, MAX_ITEMS),
      maxBytes: integer('batch.maxBytes', maxBytes),
    },
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
  // A header cannot hold anything else, and the platform's own error would show the key.
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new TypeError('The option `apiKey` takes printable ASCII characters without spaces.');
  }
  return {
    ...parseUrl(url),
    apiKey,
    agent: {
      ...driver,
      ...tls,
      keepAlive: true,
      timeout: IDLE_MS,
      maxSockets: integer('maxConnections', maxConnections),
    },
  };
}

function parseUrl(text: string): Pick<ConnectionConfig, 'url' | 'https'> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError('The option `url` is no Typesense URL; it looks like http://localhost:8108.');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError(
      'The option `url` takes no user, query or fragment; give the key in the option `apiKey`.',
    );
  }
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    https: url.protocol === 'https:',
  };
}

function checkCollection(name: string): string {
  if (typeof name === 'string' && /^[^/\p{Cc}]{1,255}$/u.test(name) && !/^\.{1,2}$/.test(name)) return name;
  throw new TypeError(
    'The option `collection` takes 1 to 255 characters, without slashes and control characters.',
  );
}

function integer(name: string, value: number, max = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? 'above 0' : `from 1 to ${max}`;
  throw new TypeError(`The option \`${name}\` must be an integer ${range}.`);
}
