import http from 'node:http';
import type { Duplex } from 'node:stream';
import { forbidden, Keys } from './access.js';
import { type Answer, Refusal, send } from './answer.js';
import type { Collection } from './collection.js';
import { Faults, type HeldRequest, type RequestFault, type RequestMatch } from './faults.js';
import { ROUTES } from './routes.js';
import { MemorySocket } from './stream.js';

/** What a `FakeTypesense` asks its clients for. */
export interface FakeTypesenseOptions {
  /** Key that may do everything; default `typesense`. */
  readonly apiKey?: string;
}

const PIECE_BYTES = 16_383;

/** A Typesense 0.24 inside this process: HTTP from end to end, over byte streams in memory and no socket. */
export class FakeTypesense {
  /** What `GET /debug` tells. */
  readonly version = '0.24.1';
  readonly #apiKey: string;
  readonly #keys: Keys;
  readonly #collections = new Map<string, Collection>();
  readonly #faults = new Faults();
  readonly #sockets = new Set<MemorySocket>();
  readonly #server: http.Server;
  #requests = 0;

  constructor({ apiKey = 'typesense' }: FakeTypesenseOptions = {}) {
    this.#apiKey = apiKey;
    this.#keys = new Keys(apiKey);
    const options = { maxHeaderSize: 1024 * 1024 };
    this.#server = http.createServer(options, (request, response) => void this.#serve(request, response));
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
  get config(): { readonly url: string; readonly apiKey: string; readonly driver: FakeDriver } {
    return { url: 'http://memory:8108', apiKey: this.#apiKey, driver: this.driver };
  }

  /** Options for Node's `http.Agent`, whose connections then all lead here. */
  readonly driver: FakeDriver = {
    createConnection: () => {
      const { refusal } = this.#faults;
      return refusal === undefined ? this.#connect() : refused(refusal);
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
      if (fault?.kind !== 'drop') return send(response, reply);
      if (fault.when === 'within') {
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.write('{"results":');
      }
      setImmediate(() => request.socket.destroy());
    } catch {
      // The client went away while its request was read.
      request.socket.destroy();
    }
  }

  async #answer(request: http.IncomingMessage, fault?: RequestFault): Promise<Answer | undefined> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
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
      const body = Buffer.concat(chunks);
      return this.#handle(request, /\/import\b/.test(request.url ?? '') ? cut(body) : body.toString());
    } catch (error) {
      const { status, headers } = error instanceof Refusal ? error : { status: 500, headers: {} };
      return { status, headers, body: { message: error instanceof Error ? error.message : 'unknown' } };
    }
  }

  #handle(request: http.IncomingMessage, text: string): Answer {
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

/** As a socket does, it fails a little later. */
function refused(code: string): Duplex {
  const [client] = MemorySocket.pair();
  setImmediate(() => client.destroy(Object.assign(new Error(`connect ${code}`), { code })));
  return client;
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
