import http from 'node:http';
import type { Agent } from 'undici';
import { type Keys, refuseWithout } from './access.js';
import type { Answer } from './answer.js';
import { failure, send } from './answer.js';
import { parseBody, readBody } from './body.js';
import { Database } from './database.js';
import { Faults, type HeldRequest, type RequestFault, type RequestMatch } from './faults.js';
import { Refusal } from './refusal.js';
import { ROUTES } from './routes.js';
import { MemorySocket } from './stream.js';

/** What a `FakeQdrant` asks its clients for. */
export interface FakeQdrantOptions {
  /** Key that may do everything; default: everybody may. */
  readonly apiKey?: string;
  /** Key that may only read; default: none. */
  readonly readOnlyApiKey?: string;
}

const PLAIN_TYPE = { 'content-type': 'text/plain; charset=utf-8' };
const PROBES: Readonly<Record<string, string>> = {
  '/healthz': 'healthz check passed',
  '/livez': 'healthz check passed',
  '/readyz': 'all shards are ready',
};

/** A Qdrant 1.19 inside this process: HTTP from end to end, over byte streams in memory and no socket. */
export class FakeQdrant {
  /** What `GET /` tells. */
  readonly version = '1.19.0';
  readonly #keys: Keys;
  readonly #database = new Database();
  readonly #faults = new Faults();
  readonly #sockets = new Set<MemorySocket>();
  readonly #server: http.Server;
  #requests = 0;

  constructor({ apiKey, readOnlyApiKey }: FakeQdrantOptions = {}) {
    this.#keys = { full: apiKey, readOnly: readOnlyApiKey };
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
    // What a client cuts off is no fault of the server's.
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Requests that arrived since the start. */
  get requests(): number {
    return this.#requests;
  }

  /** Options with which an adapter reaches this server and may do everything. */
  get config(): { readonly url: string; readonly apiKey?: string; readonly driver: Agent.Options } {
    const { full } = this.#keys;
    return { url: 'http://memory:6333', ...(full !== undefined && { apiKey: full }), driver: this.driver };
  }

  /** Options for an undici `Agent` whose connections all lead here. */
  readonly driver: Agent.Options = {
    connect: (_options, callback) => {
      // The pool is not ready for an answer before this returns.
      queueMicrotask(() => {
        const { refusal } = this.#faults;
        if (refusal) callback(Object.assign(new Error(`connect ${refusal}`), { code: refusal }), null);
        else callback(null, this.#connect() as unknown as Parameters<typeof callback>[1] & MemorySocket);
      });
    },
  };

  /** Makes the next matching request wait. */
  hold(match: RequestMatch): HeldRequest {
    let reached = () => {};
    let release = () => {};
    const whenReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#faults.plant(match, { kind: 'hold', released, reached });
    return { reached: whenReached, release };
  }

  /** Answers the next matching requests with this instead of serving them. */
  answer(match: RequestMatch, answer: Answer, times = 1): void {
    this.#faults.plant(match, { kind: 'answer', answer }, times);
  }

  /** Closes the connection at the next matching requests. */
  drop(match: RequestMatch, when: 'before' | 'after' | 'within', times = 1): void {
    this.#faults.plant(match, { kind: 'drop', when }, times);
  }

  /** Reads all requests from now on and answers none, until `recover`. */
  silence(): void {
    this.#faults.plant(/(?:)/, { kind: 'silence' }, Number.POSITIVE_INFINITY);
  }

  /** Closes all connections and lets new ones fail with this code until `recover`. */
  async refuse(code = 'ECONNREFUSED'): Promise<void> {
    this.#faults.refusal = code;
    await this.close();
  }

  /** Forgets all planted faults. */
  recover(): void {
    this.#faults.clear();
  }

  /** Closes all connections; what was stored stays. */
  async close(): Promise<void> {
    const sockets = [...this.#sockets];
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) socket.end();
    await Promise.all(closed);
  }

  #connect(): MemorySocket {
    const [client, server] = MemorySocket.pair();
    this.#sockets.add(client);
    client.once('close', () => this.#sockets.delete(client));
    this.#server.emit('connection', server);
    return client;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    this.#requests += 1;
    const fault = this.#faults.take(`${request.method} ${request.url}`);
    try {
      const reply = await this.#answer(request, fault);
      if (!reply) return;
      if (fault?.kind !== 'drop') return send(response, reply, request.headers['accept-encoding']);
      if (fault.when === 'within') response.write('{"result":');
      setImmediate(() => request.socket.destroy());
    } catch {
      // The client went away while its request was read.
      request.socket.destroy();
    }
  }

  async #answer(request: http.IncomingMessage, fault?: RequestFault): Promise<Answer | undefined> {
    const body = await readBody(request).catch(asRefusal);
    if (fault?.kind === 'answer') return fault.answer;
    if (fault?.kind === 'silence') return undefined;
    if (fault?.kind === 'drop' && fault.when === 'before') {
      request.socket.destroy();
      return undefined;
    }
    if (fault?.kind === 'hold') {
      fault.reached();
      await fault.released;
    }
    try {
      if (body instanceof Refusal) throw body;
      return this.#handle(request, body);
    } catch (error) {
      if (!(error instanceof Refusal))
        return { status: 500, body: failure(`Service internal error: ${error}`) };
      return { status: error.status, body: error.plain ? error.message : failure(error.message) };
    }
  }

  #handle(request: http.IncomingMessage, text: string): Answer {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://memory');
    if (request.method === 'GET') {
      const probe = PROBES[pathname];
      if (probe) return { status: 200, headers: PLAIN_TYPE, body: probe };
      const root = { title: 'qdrant - vector search engine', version: this.version, commit: 'x' };
      if (pathname === '/') return { status: 200, body: root };
    }
    const route = ROUTES.find(({ method, path }) => method === request.method && path.test(pathname));
    refuseWithout(this.#keys, request.headers, route?.writes ?? false);
    if (!route) return { status: 404, body: '' };
    const parts = (route.path.exec(pathname) ?? []).slice(1).map(decodeURIComponent);
    const hasBody = request.method !== 'GET' && request.method !== 'DELETE';
    const body = hasBody ? parseBody(text) : {};
    const length = Buffer.byteLength(text);
    const result = route.handle({ database: this.#database, parts, query, body, length });
    return { status: 200, body: { result, status: 'ok', time: 0 } };
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
