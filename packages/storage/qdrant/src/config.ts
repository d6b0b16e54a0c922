import type { ConnectionOptions } from 'node:tls';
import type { AdapterOptions, BatchLimits, StorageTarget } from '@drydock/storage';
import { ADAPTER_OPTIONS, DEFAULT_DEADLINES, OptionCheck, type Shape } from '@drydock/storage/backend-kit';
import type { Schemas } from '@qdrant/js-client-rest';
import type { Agent } from 'undici';

/** How two vectors are compared: higher scores are nearer under the first two, lower ones under the others. */
export type Distance = 'Cosine' | 'Dot' | 'Euclid' | 'Manhattan';

/** The vectors of a collection. */
export interface VectorOptions {
  /** Number of dimensions. */
  readonly size: number;
  /** Under `Cosine` the server keeps vectors normalised, and gives them back so. */
  readonly distance: Distance;
  /** Which one, in a collection with named vectors; default: the only, nameless one. */
  readonly name?: string;
}

/** An index on a property: its type, or Qdrant's own description with parameters. */
export type PayloadIndex = Schemas['PayloadFieldSchema'];

/** Where the records go and how the server is reached. */
export interface QdrantConfig extends AdapterOptions {
  /** `http://host:6333` or `https://host`; a path is kept, and a missing port is the protocol's own, 80 or 443. */
  readonly url: string;
  /** Sent with every request; default: none. */
  readonly apiKey?: string;
  /** TLS settings as Node's `tls.connect` takes them, such as `ca`; default: Node's. */
  readonly tls?: ConnectionOptions;
  /** Most connections at once; default 10. */
  readonly maxConnections?: number;
  /** Longest wait for a connection in milliseconds, within the deadline of the call; default 5 000. */
  readonly connectTimeoutMs?: number;
  /** Collection of the records, created when missing. */
  readonly collection: string;
  /** Checked against the collection when it is there already. */
  readonly vector: VectorOptions;
  /** Properties to index, such as `{ kind: 'keyword' }`; default: none beside the lifetime. */
  readonly indexes?: Readonly<Record<string, PayloadIndex>>;
  /** Whether `connect` creates what is missing; default true, else it only checks. */
  readonly migrate?: boolean;
  /** Whether writes are waited for until searches see them; default true, false returns once they are logged. */
  readonly wait?: boolean;
  /** Most records and bytes in one request; default 256 and 8 MiB, at most 31 MiB. */
  readonly batch?: Partial<BatchLimits>;
  /** Further options of undici's `Agent`, such as `connect` or `keepAliveTimeout`; those this adapter relies on win. */
  readonly driver?: Agent.Options;
}

const OPTIONS: Shape<QdrantConfig> = {
  ...ADAPTER_OPTIONS,
  url: 'string',
  apiKey: 'string',
  tls: 'object',
  maxConnections: 'number',
  connectTimeoutMs: 'number',
  collection: 'string',
  vector: 'object',
  indexes: 'object',
  migrate: 'boolean',
  wait: 'boolean',
  batch: 'object',
  driver: 'object',
};
const VECTOR: Shape<VectorOptions> = { size: 'number', distance: 'string', name: 'string' };

/** The options with their defaults, checked. */
export interface ResolvedConfig {
  readonly collection: string;
  readonly vector: VectorOptions;
  readonly indexes: Readonly<Record<string, PayloadIndex>>;
  readonly migrate: boolean;
  readonly wait: boolean;
  readonly limits: BatchLimits;
  readonly connection: ConnectionConfig;
}

/** How connections are made. */
export interface ConnectionConfig {
  readonly https: boolean;
  readonly host: string;
  readonly port: number;
  /** Path before Qdrant's own, without a slash at its end. */
  readonly prefix: string;
  readonly apiKey: string | undefined;
  /** Options of the pool of connections. */
  readonly agent: Agent.Options;
}

/** Largest request that a server with default settings takes, in bytes. */
export const MAX_REQUEST_BYTES = 32 * 1024 * 1024;

const DEFAULT_LIMITS: BatchLimits = { maxItems: 256, maxBytes: 8 * 1024 * 1024 };
const MAX_BATCH_BYTES = MAX_REQUEST_BYTES - 1024 * 1024;
const DISTANCES: readonly string[] = ['Cosine', 'Dot', 'Euclid', 'Manhattan'] satisfies Distance[];
const check = new OptionCheck('qdrant');
/** What the server allows; anything else would also mean another path. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the server refuses control characters.
const COLLECTION_NAME = /^[^<>:"/\\|?*\u0000-\u001f\u007f]{1,255}$/;

/** Fills in defaults; throws a `TypeError` that names the option at fault and never its value. */
export function resolveConfig(config: QdrantConfig): ResolvedConfig {
  check.options(config, OPTIONS);
  return {
    collection: checkCollection(config.collection),
    vector: checkVector(config.vector),
    indexes: config.indexes ?? {},
    migrate: config.migrate ?? true,
    wait: config.wait ?? true,
    limits: check.batch(config.batch, DEFAULT_LIMITS, { maxBytes: MAX_BATCH_BYTES }),
    connection: resolveConnection(config),
  };
}

/** What telemetry says of the server. */
export function targetOf({ connection, collection }: ResolvedConfig): StorageTarget {
  return { system: 'qdrant', address: connection.host, port: connection.port, collection };
}

/** How connections are made; throws a `TypeError` that names the option at fault and never its value. */
export function resolveConnection(
  config: Pick<QdrantConfig, 'url' | 'apiKey' | 'tls' | 'maxConnections' | 'connectTimeoutMs' | 'driver'>,
): ConnectionConfig {
  const { url, apiKey, tls, maxConnections = 10, driver = {} } = config;
  const { connectTimeoutMs = DEFAULT_DEADLINES.connectTimeoutMs } = config;
  const timeout = check.milliseconds('connectTimeoutMs', connectTimeoutMs);
  const { connect } = driver;
  return {
    ...parseUrl(url),
    apiKey: apiKey === undefined ? undefined : check.apiKey(apiKey),
    agent: {
      ...driver,
      connections: check.integer('maxConnections', maxConnections),
      // The call's own deadline is the only limit of time.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: typeof connect === 'function' ? connect : { ...connect, ...(tls as object), timeout },
    },
  };
}

/** Taken apart here: the client drops the path, and takes 443 and 80 for its own default port. */
function parseUrl(text: string): Pick<ConnectionConfig, 'https' | 'host' | 'port' | 'prefix'> {
  const url = check.httpUrl(text, 'http://localhost:6333');
  const https = url.protocol === 'https:';
  return {
    https,
    host: url.hostname,
    port: Number(url.port) || (https ? 443 : 80),
    prefix: url.pathname.replace(/\/+$/, ''),
  };
}

function checkCollection(name: string): string {
  if (typeof name !== 'string' || !COLLECTION_NAME.test(name) || name === '.' || name === '..') {
    const problem = 'must be 1 to 255 characters without < > : " / \\ | ? * and control characters';
    throw check.error('collection', problem);
  }
  return name;
}

function checkVector(vector: VectorOptions): VectorOptions {
  if (typeof vector !== 'object' || vector === null) {
    throw check.error('vector', "must be an object such as { size: 384, distance: 'Cosine' }");
  }
  check.options(vector, VECTOR, 'vector.');
  const { size, distance, name } = vector;
  check.integer('vector.size', size, 65_536);
  if (!DISTANCES.includes(distance)) {
    throw check.error('vector.distance', `must be one of ${DISTANCES.join(', ')}`);
  }
  if (name !== undefined && (typeof name !== 'string' || name === '')) {
    throw check.error('vector.name', 'must be a name; leave it out for a nameless vector');
  }
  return { size, distance, ...(name !== undefined && { name }) };
}
