import { AsyncLocalStorage } from 'node:async_hooks';
import http, {
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions as RequestTarget,
} from 'node:http';
import https from 'node:https';
import type { Attempt } from '@drydock/storage';
import { foreignAnswer, propertyOf } from '@drydock/storage/backend-kit';
import axios, { type AxiosAdapter } from 'axios';
import { Client } from 'typesense';
import type { ConnectionConfig } from './config.js';

/** One request, as the client takes it. */
export interface RequestOptions {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** JSON, or text that goes out as it is. */
  readonly body?: object | string;
}

type Logger = NonNullable<ConstructorParameters<typeof Client>[0]['logger']>;

/** The client tells of every failure on the console, and sets the level of a logger that others share. */
const SILENT = Object.fromEntries(
  ['setLevel', 'trace', 'debug', 'info', 'warn', 'error'].map((name) => [name, () => {}]),
) as unknown as Logger;

/** Longest lifetime of a timer; the client's own limit of time is never used. */
const NEVER_SECONDS = 2_147_483;
/** Status of a server that is starting, lagging or leaving. */
const NOT_READY = 503;

/** Who asked for the request that the client is making: the client hands nothing through that would tell. */
const callers = new AsyncLocalStorage<Caller>();

/** A redirect would take the key to another host, and a proxy of the environment would see it. */
const direct: AxiosAdapter = (config) => {
  const { Agent, globalAgent, request } = config.httpsAgent ? https : http;
  const caller = callers.getStore();
  const transport = {
    Agent,
    globalAgent,
    request: (options: RequestTarget, onResponse: (response: IncomingMessage) => void) =>
      tellWhenSent(request(options, onResponse), caller),
  };
  return axios.getAdapter('http')({ ...config, maxRedirects: 0, proxy: false, transport });
};

/** Tells the caller when a request is about to be written: until then there may be no connection for it. */
function tellWhenSent(request: ClientRequest, caller: Caller | undefined): ClientRequest {
  const tell = () => caller?.sending();
  return request.once('socket', (socket) => {
    if (request.reusedSocket || !socket.connecting) tell();
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', tell);
  });
}

/** Who makes a request: an attempt, or a probe, which has a signal alone. */
type Caller = Pick<Attempt, 'signal' | 'sending'>;

/** The connections of one adapter: the client's requests, over a pool of our own that can be closed. */
export class Connection {
  readonly #config: ConnectionConfig;
  #agent: http.Agent | undefined;
  #client: Client | undefined;

  constructor(config: ConnectionConfig) {
    this.#config = config;
  }

  /** Makes the pool; the first connection is made by the first request. */
  open(): void {
    const { https: secure, agent: options } = this.#config;
    const agent = secure ? new https.Agent(options) : new http.Agent(options);
    const { createConnection } = options;
    if (createConnection) Object.assign(agent, { createConnection });
    this.#agent = agent;
    this.#client = createClient(this.#config, agent);
  }

  /** Gives up all connections without waiting for the server. */
  async close(): Promise<void> {
    this.#agent?.destroy();
    this.#agent = undefined;
    this.#client = undefined;
  }

  /** Sends one request and returns the body of its answer. */
  async request(attempt: Caller, { method, path, query, body }: RequestOptions): Promise<unknown> {
    const client = this.#client;
    if (!client) throw Object.assign(new Error('closed'), { code: 'ECONNRESET' });
    attempt.signal.throwIfAborted();
    const answer = callers.run(attempt, () =>
      client.apiCall.performRequest<unknown>(method, path, {
        queryParameters: query ?? null,
        bodyParameters: body ?? null,
        ...(typeof body === 'string' && { additionalHeaders: { 'Content-Type': 'text/plain' } }),
        abortSignal: attempt.signal,
        // The call's own deadline is the only limit of time.
        skipConnectionTimeout: true,
      }),
    );
    return answer.catch((error: unknown) => {
      if (propertyOf(error, 'httpStatus') === NOT_READY && client === this.#client) this.#move();
      throw error;
    });
  }

  /** A server that is not ready stays so for a while: behind one address only a new connection finds another. */
  #move(): void {
    const agent = this.#agent;
    this.open();
    if (!agent) return;
    // Those in use are closed when their answers have come.
    agent.maxFreeSockets = 0;
    for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
  }

  /** Sends one request whose answer is a JSON object. */
  async requestObject(attempt: Caller, options: RequestOptions): Promise<Record<string, unknown>> {
    const answer = await this.request(attempt, options);
    if (typeof answer !== 'object' || answer === null) throw foreignAnswer('Typesense');
    return answer as Record<string, unknown>;
  }
}

/** The client without what it would do of its own accord: retries, timers, messages on the console. */
export function createClient({ url, https: secure, apiKey }: ConnectionConfig, agent: http.Agent): Client {
  return new Client({
    apiKey,
    nodes: [{ url }],
    numRetries: 0,
    connectionTimeoutSeconds: NEVER_SECONDS,
    logger: SILENT,
    logLevel: 'silent',
    axiosAdapter: direct,
    ...(secure ? { httpsAgent: agent as https.Agent } : { httpAgent: agent }),
  });
}

/** The version in the server's answer about itself. */
export function versionOf(answer: unknown): { version?: string } {
  const version = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'version') : undefined;
  return typeof version === 'string' ? { version } : {};
}
