import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Answer, MemoryHttpServer } from '@drydock/storage/testing';
import type { Agent } from 'undici';
import { type Keys, refuseWithout } from './access.js';
import { failure, send } from './answer.js';
import { parseBody, textOf } from './body.js';
import { Database } from './database.js';
import { Refusal } from './refusal.js';
import { ROUTES } from './routes.js';

/** How a `FakeQdrant` is made. */
export interface FakeQdrantOptions {
  /** Key that allows every request; default: none is needed. */
  readonly apiKey?: string;
  /** Key that allows only reads; default: none. */
  readonly readOnlyApiKey?: string;
}

const PLAIN_TYPE = { 'content-type': 'text/plain; charset=utf-8' };
const PROBES: Readonly<Record<string, string>> = {
  '/healthz': 'healthz check passed',
  '/livez': 'healthz check passed',
  '/readyz': 'all shards are ready',
};

/** A Qdrant 1.19 inside this process: the client talks HTTP to it over byte streams in memory, with no socket. */
export class FakeQdrant extends MemoryHttpServer {
  /** Version that `GET /` names. */
  readonly version = '1.19.0';
  readonly #keys: Keys;
  readonly #database = new Database();

  constructor({ apiKey, readOnlyApiKey }: FakeQdrantOptions = {}) {
    super();
    this.#keys = { full: apiKey, readOnly: readOnlyApiKey };
  }

  /** Options with which an adapter reaches this server. */
  get config(): { readonly url: string; readonly apiKey?: string; readonly driver: Agent.Options } {
    const { full } = this.#keys;
    return { url: 'http://memory:6333', ...(full !== undefined && { apiKey: full }), driver: this.driver };
  }

  /** Options for an undici `Agent`, whose connections then all lead here. */
  readonly driver: Agent.Options = {
    connect: (_options, callback) => {
      const socket = this.dial().connect();
      const fail = (error: Error) => callback(error, null);
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.off('error', fail);
        callback(null, socket as unknown as Socket);
      });
    },
  };

  protected override send(response: ServerResponse, answer: Answer, request: IncomingMessage): void {
    send(response, answer, request.headers['accept-encoding']);
  }

  protected override begin(response: ServerResponse): void {
    response.write('{"result":');
  }

  protected override respond(request: IncomingMessage, body: Buffer): Answer {
    try {
      return this.#handle(request, textOf(request, body));
    } catch (error) {
      if (!(error instanceof Refusal))
        return { status: 500, body: failure(`Service internal error: ${error}`) };
      return { status: error.status, body: error.plain ? error.message : failure(error.message) };
    }
  }

  #handle(request: IncomingMessage, text: string): Answer {
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
