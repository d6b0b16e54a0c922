import { abandonOn } from '@drydock/resilience';
import { type Attempt, type Fault, FaultError } from '@drydock/storage';
import { connection, faultOf, refusal } from '@drydock/storage/backend-kit';
import { Cluster, Redis } from 'ioredis';
import { CLOSE_MS, type ClientEvents, makeClient } from './client.js';
import type { ConnectionConfig } from './config.js';
import { isAboutDatabase, toFault } from './errors.js';

/** A command with its arguments. */
export type Command = [name: string, ...args: (string | number)[]];

/** A reply, or the error that came instead. */
export type Reply = unknown | Error;

const RECONNECT_STEP_MS = 20;
/** States of a client that has a stream. */
const WITH_STREAM: ReadonlySet<string> = new Set(['connecting', 'connect', 'ready']);

/** One client of ioredis, its own retries and queues turned off. */
export class Connection {
  readonly isCluster: boolean;
  readonly #make: (events: ClientEvents) => Redis | Cluster;
  readonly #reconnectDelayMs: number;
  #client: Redis | Cluster | undefined;
  #lastError: unknown;
  /** The connection was given up for one that may lead to another server. */
  #moving: { readonly settled: Promise<void>; settle(): void } | undefined;

  constructor(config: ConnectionConfig) {
    this.isCluster = config.cluster !== undefined;
    this.#make = (events) => makeClient(config, events);
    this.#reconnectDelayMs = config.reconnectDelayMs;
  }

  /** Connects, logs in and waits until the server is ready to serve. */
  async open(attempt: Attempt): Promise<void> {
    let opened = false;
    const delay = (times: number) => Math.min(times * RECONNECT_STEP_MS, this.#reconnectDelayMs);
    const client = this.#make({
      reconnect: (times) => (opened ? delay(times) : null),
      moving: () => this.#move(),
    });
    this.#client = client;
    this.#settle();
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
    // Written before anything else can be: the server applies requests in this order.
    const client = this.#moving ? await this.#clientFor(attempt) : this.#ready();
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
  async sendOne([name, ...args]: Command, attempt: Attempt): Promise<unknown> {
    const client = this.#moving ? await this.#clientFor(attempt) : this.#ready();
    attempt.sending();
    return client.call(name, ...args);
  }

  async #clientFor(attempt: Attempt): Promise<Redis | Cluster> {
    if (this.#moving) await abandonOn(attempt, this.#moving.settled);
    return this.#ready();
  }

  /** Every node that has keys of its own. */
  get nodes(): readonly Redis[] {
    const client = this.#ready();
    return client instanceof Redis ? [client] : client.nodes('master');
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
      this.#settle();
    });
    client.on('end', () => this.#settle());
    client.on('error', (error) => {
      if (isAboutDatabase(error)) {
        // The driver would go on with another database than the one asked for.
        this.#lastError = new FaultError(NO_DATABASE);
        client.disconnect(true);
      } else if (fresh) this.#lastError = error;
      fresh = false;
      this.#settle();
    });
  }

  #move(): void {
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#moving ??= { settled, settle };
  }

  /** There is a new connection, or a reason why there is none. */
  #settle(): void {
    this.#moving?.settle();
    this.#moving = undefined;
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
const NO_DATABASE = faultOf(
  refusal('the server refused to select the database; check its number and that the user may SELECT'),
  { sent: true, code: 'SELECT_REFUSED' },
);
const REOPENING = faultOf(connection('the connection was lost and is being opened again'), {
  sent: false,
  code: 'CONNECTION_CLOSED',
});

/** There is no connection now: the last error tells whether waiting helps. */
function unreachable(lastError: unknown): Fault {
  if (lastError === undefined) return REOPENING;
  const fault = lastError instanceof FaultError ? lastError.fault : toFault(lastError, false);
  return {
    ...fault,
    kind: 'connection',
    retriable: fault.kind !== 'connection' || fault.retriable,
    outcome: 'not_sent',
  };
}
