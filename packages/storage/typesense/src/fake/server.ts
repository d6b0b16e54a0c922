import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Answer, MemoryHttpServer } from '@drydock/storage/testing';
import { forbidden, Keys } from './access.js';
import { Refusal, send } from './answer.js';
import type { Collection } from './collection.js';
import { ROUTES } from './routes.js';

/** How a `FakeTypesense` is made. */
export interface FakeTypesenseOptions {
  /** Key that allows every request; default `typesense`. */
  readonly apiKey?: string;
}

const PIECE_BYTES = 16_383;

/** A Typesense 0.24 inside this process: the client talks HTTP to it over byte streams in memory, with no socket. */
export class FakeTypesense extends MemoryHttpServer {
  /** Version that `GET /debug` names. */
  readonly version = '0.24.1';
  readonly #apiKey: string;
  readonly #keys: Keys;
  readonly #collections = new Map<string, Collection>();

  constructor({ apiKey = 'typesense' }: FakeTypesenseOptions = {}) {
    super({ maxHeaderSize: 1024 * 1024 });
    this.#apiKey = apiKey;
    this.#keys = new Keys(apiKey);
  }

  /** Options with which an adapter reaches this server. */
  get config(): { readonly url: string; readonly apiKey: string; readonly driver: FakeDriver } {
    return { url: 'http://memory:8108', apiKey: this.#apiKey, driver: this.driver };
  }

  /** Options for Node's `http.Agent`, whose connections then all lead here. */
  readonly driver: FakeDriver = {
    createConnection: () => this.dial().connect(),
  };

  protected override send(response: ServerResponse, answer: Answer): void {
    send(response, answer);
  }

  protected override begin(response: ServerResponse): void {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.write('{"results":');
  }

  protected override respond(request: IncomingMessage, body: Buffer): Answer {
    try {
      return this.#handle(request, /\/import\b/.test(request.url ?? '') ? cut(body) : body.toString());
    } catch (error) {
      const { status, headers } = error instanceof Refusal ? error : { status: 500, headers: {} };
      return { status, headers, body: { message: error instanceof Error ? error.message : 'unknown' } };
    }
  }

  #handle(request: IncomingMessage, text: string): Answer {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://memory');
    if (request.method === 'GET' && pathname === '/health') return { status: 200, body: { ok: true } };
    const found = ROUTES.find(({ method, path }) => method === request.method && path.test(pathname));
    const parts = (found?.path.exec(pathname) ?? []).slice(1).map(decodeURIComponent);
    const key = request.headers['x-typesense-api-key'] ?? query.get('x-typesense-api-key');
    const grant = this.#keys.grantOf(String(key ?? ''), Date.now());
    const named = parts[0] ?? collectionsNamed(text);
    if (!found) throw new Refusal(404, 'Not Found');
    if (!grant.allows(found.action, named)) throw forbidden();
    const context = { collections: this.#collections, keys: this.#keys, scope: grant.scope };
    return found.handle({ ...context, parts, query, text });
  }
}

/** Options for an `http.Agent`. */
interface FakeDriver {
  createConnection(): Duplex;
}

/** The server logs a long import piece by piece, and may lose a character that lies across the end of one. */
function cut(body: Buffer): string {
  const pieces = Array.from({ length: Math.ceil(body.length / PIECE_BYTES) }, (_, index) =>
    body.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  );
  return pieces.map((piece) => piece.toString().replaceAll('\ufffd', '')).join('');
}

/** A search in several collections names them in its body. */
function collectionsNamed(text: string): string {
  return /"collection"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? '';
}
