import { type Attempt, type Fault, FaultError, type StorageRecord } from '@drydock/storage';
import { connection, faultOf } from '@drydock/storage/backend-kit';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { ResolvedConfig } from './config.js';
import { toFault } from './errors.js';

/** A command with its arguments. */
export type Command = [name: string, ...args: (string | number)[]];

/** A reply, or the error that came instead. */
export type Reply = unknown | Error;

const RECONNECT_STEP_MS = 20;
const CLOSE_MS = 200;
/** States of a client that has a stream. */
const WITH_STREAM: ReadonlySet<string> = new Set(['connecting', 'connect', 'ready']);

/** The part of the configuration that concerns the connection. */
export type ConnectionConfig = Omit<ResolvedConfig<StorageRecord>, 'group' | 'order'>;

/** One client of ioredis, its own retries and queues turned off. */
export class Connection {
  readonly isCluster: boolean;
  readonly #make: (reconnect: (times: number) => number | null) => Redis | Cluster;
  readonly #reconnectDelayMs: number;
  #client: Redis | Cluster | undefined;
  #lastError: unknown;

  constructor(config: ConnectionConfig) {
    this.isCluster = config.cluster !== undefined;
    this.#make = (reconnect) => makeClient(config, reconnect);
    this.#reconnectDelayMs = config.reconnectDelayMs;
  }

  /** Connects, logs in and waits until the server is ready to serve. */
  async open(attempt: Attempt): Promise<void> {
    let opened = false;
    const delay = (times: number) => Math.min(times * RECONNECT_STEP_MS, this.#reconnectDelayMs);
    const client = this.#make((times) => (opened ? delay(times) : null));
    this.#client = client;
    this.#watch(client);
    const giveUp = () => client.disconnect();
    attempt.signal.addEventListener('abort', giveUp, { once: true });
    try {
      await Promise.race([client.connect(), endOf(client)]);
      opened = true;
    } catch (error) {
      // The rejection only says that the connection is closed; the event before it says why.
      throw this.#lastError ?? error;
    } finally {
      attempt.signal.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the connection without waiting for replies. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    if (!WITH_STREAM.has(client.status)) {
      // There is nothing that could end, only a timer to stop.
      client.disconnect();
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, CLOSE_MS * 2);
      client.once('end', () => {
        clearTimeout(timer);
        resolve();
      });
      client.disconnect();
    });
  }

  /** Sends the commands together and returns what came back for each, in order. */
  async send(commands: readonly Command[], attempt: Attempt): Promise<Reply[]> {
    const client = this.#ready();
    if (client instanceof Redis && commands.length > 1) {
      attempt.sending();
      const replies = await client.pipeline(commands as Command[]).exec();
      return (replies ?? []).map(([error, reply]) => error ?? reply);
    }
    const settled = await Promise.allSettled(
      commands.map(([name, ...args]) => {
        attempt.sending();
        return client.call(name, ...args);
      }),
    );
    return settled.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error)));
  }

  /** As `send`, for one command; rejects with the error that came instead of a reply. */
  async sendOne(command: Command, attempt: Attempt): Promise<unknown> {
    const [reply] = await this.send([command], attempt);
    return replyOf(reply);
  }

  /** Keeps the first error since the last beginning: those that follow only say that there is no connection. */
  #watch(client: Redis | Cluster): void {
    let fresh = true;
    this.#lastError = undefined;
    client.on('connecting', () => {
      fresh = true;
    });
    client.on('ready', () => {
      this.#lastError = undefined;
    });
    client.on('error', (error) => {
      if (fresh) this.#lastError = error;
      fresh = false;
    });
  }

  #ready(): Redis | Cluster {
    const client = this.#client;
    if (client?.status === 'ready') return client;
    throw new FaultError(unreachable(this.#lastError));
  }
}

/** The reply itself; throws the error that came instead. */
export function replyOf(reply: Reply): unknown {
  if (reply instanceof Error) throw reply;
  return reply;
}

/** Rejects when a Cluster ends whose nodes answer but do not serve: its `connect` would wait for ever. */
function endOf(client: Redis | Cluster): Promise<never> {
  return new Promise((_, reject) => {
    if (client instanceof Cluster) client.once('end', () => reject(new FaultError(NOT_SERVING)));
  });
}

const NOT_SERVING = faultOf(connection('the cluster does not serve now; look at CLUSTER INFO'), {
  sent: false,
  code: 'CLUSTERDOWN',
});
const REOPENING = faultOf(connection('the connection was lost and is being opened again'), {
  sent: false,
  code: 'CONNECTION_CLOSED',
});

/** There is no connection now: the last error tells whether waiting helps. */
function unreachable(lastError: unknown): Fault {
  if (lastError === undefined) return REOPENING;
  const fault = toFault(lastError, false);
  return {
    ...fault,
    kind: 'connection',
    retriable: fault.kind !== 'connection' || fault.retriable,
    outcome: 'not_sent',
  };
}

function makeClient(config: ConnectionConfig, reconnect: (times: number) => number | null): Redis | Cluster {
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
    reconnectOnError: null,
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
