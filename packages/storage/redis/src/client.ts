import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { ConnectionConfig } from './config.js';

/** How long a connection may take to end, in milliseconds. */
export const CLOSE_MS = 200;
/** Replies of a server that no longer serves, or not yet. */
const ELSEWHERE: ReadonlySet<string> = new Set(['READONLY', 'LOADING', 'MASTERDOWN']);
const CLUSTER_ONLY: ReadonlySet<string> = new Set(['CLUSTERDOWN', 'MOVED']);

/** Decisions of the adapter that its client asks for. */
export interface ClientEvents {
  /** Pause before the next connection in milliseconds; null for none. */
  reconnect(times: number): number | null;
  /** The connection is given up because of a reply, and the next one is made at once. */
  moving(): void;
}

/** One client of ioredis, its own retries and queues turned off. */
export function makeClient(config: ConnectionConfig, { reconnect, moving }: ClientEvents): Redis | Cluster {
  // The driver's own types do not agree with each other on a mapping that is only for protocol 3.
  const { replyMapping: _, ...driver } = config.driver ?? {};
  const options: Omit<RedisOptions, 'replyMapping'> = {
    ...driver,
    ...(config.tls !== undefined && { tls: config.tls }),
    protocol: 2,
    lazyConnect: true,
    enableOfflineQueue: false,
    enableReadyCheck: true,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    reconnectOnError(error) {
      const gone = isElsewhere(error, config) || Boolean(driver.reconnectOnError?.(error));
      if (gone) moving();
      return gone;
    },
    connectTimeout: config.connectTimeoutMs,
    commandTimeout: config.commandTimeoutMs,
    socketTimeout: config.silenceTimeoutMs,
    disconnectTimeout: CLOSE_MS,
    retryStrategy: reconnect,
  };
  if (!config.cluster) return new Redis(config.url, options);
  return new Cluster([...config.cluster], {
    redisOptions: { ...options, ...ofEveryNode(config) },
    lazyConnect: true,
    // A node is connected to at its first command; those that follow meanwhile would be refused without a queue.
    enableOfflineQueue: true,
    clusterRetryStrategy: reconnect,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: 0,
  });
}

/** Whether a reply says that the server has another role now: behind one address only a new connection finds the right one. */
function isElsewhere({ message }: Error, { cluster }: ConnectionConfig): boolean {
  const word = message.split(' ', 1)[0] ?? '';
  // The driver follows a Cluster's redirections by itself.
  return ELSEWHERE.has(word) || (cluster === undefined && CLUSTER_ONLY.has(word));
}

/** The driver takes what a seed's URL says for that seed alone; the nodes that it finds have the same login and TLS. */
function ofEveryNode({
  cluster = [],
  tls,
}: ConnectionConfig): Pick<RedisOptions, 'username' | 'password' | 'tls'> {
  const seeds = cluster.map((seed) => new URL(seed));
  const { protocol, username, password } = seeds.find((seed) => seed.password !== '') ?? (seeds[0] as URL);
  return {
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: tls ?? {} }),
  };
}
