import type { Attempt } from '@drydock/storage';
import { foreignAnswer, propertyOf } from '@drydock/storage/backend-kit';
import { QdrantClient } from '@qdrant/js-client-rest';
import { Agent } from 'undici';
import type { ConnectionConfig } from './config.js';

/** Status of a server that is starting, lagging or leaving. */
const NOT_READY = 503;
/** What the old and the new form of a handler call the beginning of a request. */
const STARTS: readonly (string | symbol)[] = ['onConnect', 'onRequestStart'];

/** The client's operations. */
export type Api = ReturnType<QdrantClient['api']>;

/** What each request is sent with. */
export type RequestSettings = Parameters<Api['root']>[1];

/** The part of a pool that requests go through. */
export type Dispatching = Pick<Agent, 'dispatch'>;

/** Makes a request with the client's operations. */
export type Send<T> = (api: Api, settings: RequestSettings) => Promise<{ readonly data: T }>;

/** The connections of one adapter: the client's requests, over a pool of our own that can be closed. */
export class Connection {
  readonly #config: ConnectionConfig;
  readonly #api: Api;
  /** Also those that end with their last request. */
  readonly #agents = new Set<Agent>();
  #agent: Agent | undefined;

  constructor(config: ConnectionConfig) {
    this.#config = config;
    this.#api = createApi(config);
  }

  /** Makes the pool; the first connection is made by the first request. */
  open(): void {
    this.#agent = new Agent(this.#config.agent);
    this.#agents.add(this.#agent);
  }

  /** Gives up all connections without waiting for the server. */
  async close(): Promise<void> {
    this.#agent = undefined;
    await Promise.all([...this.#agents].map((agent) => agent.destroy()));
    this.#agents.clear();
  }

  /** Sends one request and returns the body of its answer. */
  async send<T>(attempt: Attempt, send: Send<T>): Promise<T> {
    if (!this.#agent) throw Object.assign(new Error('closed'), { code: 'UND_ERR_DESTROYED' });
    attempt.signal.throwIfAborted();
    const agent = this.#agent;
    const settings = requestSettings(tellWhenSent(agent, attempt), attempt.signal);
    try {
      const { data } = await send(this.#api, settings);
      return data;
    } catch (error) {
      if (propertyOf(error, 'status') === NOT_READY && agent === this.#agent) this.#move(agent);
      throw error;
    }
  }

  /** A server that is not ready stays so for a while: behind one address only a new connection finds another. */
  #move(agent: Agent): void {
    this.open();
    const closed = () => this.#agents.delete(agent);
    agent.close().then(closed, closed);
  }

  /** Sends one request and returns the `result` of its answer. */
  async request<T>(attempt: Attempt, send: Send<{ readonly result?: T }>): Promise<NonNullable<T>> {
    const { result } = (await this.send(attempt, send)) ?? {};
    if (result === undefined || result === null) throw foreignAnswer('Qdrant');
    return result;
  }
}

/** The client without what it would do of its own accord: timers, a look at the server's version, warnings. */
export function createApi({ https, host, port, prefix, apiKey }: ConnectionConfig): Api {
  return new QdrantClient({
    https,
    host,
    port,
    prefix,
    // As `apiKey` it would be warned about on the console.
    ...(apiKey !== undefined && { headers: { 'api-key': apiKey } }),
    // A finite one would replace the signal of each call.
    timeout: Number.POSITIVE_INFINITY,
    checkCompatibility: false,
  }).api();
}

/** What a request is sent with: our pool instead of the client's own, which nothing could close. */
export function requestSettings(agent: Dispatching, signal: AbortSignal): RequestSettings {
  // A redirect would take the key to another host.
  const init = { signal, dispatcher: agent, redirect: 'manual' };
  return init as unknown as RequestSettings;
}

/** The pool, with a notice when a request is about to be written: until then there may be no connection for it. */
function tellWhenSent(agent: Agent, attempt: Attempt): Dispatching {
  return {
    dispatch(options, handler) {
      let told = false;
      const tell = () => {
        if (!told) attempt.sending();
        told = true;
      };
      if (!STARTS.some((name) => name in handler)) tell();
      return agent.dispatch(options, noticing(handler, tell));
    },
  };
}

/** The handler of a request, with a notice before the method that is called once there is a connection. */
function noticing<T extends object>(handler: T, tell: () => void): T {
  return new Proxy(handler, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const starts = STARTS.includes(name);
      return (...args: unknown[]) => {
        if (starts) tell();
        return Reflect.apply(value, target, args);
      };
    },
  });
}
