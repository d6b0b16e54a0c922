import http from 'node:http';
import type { Answer } from './answer.js';
import { MemorySocket } from './memory-socket.js';
import { Faults, type HeldRequest, type RequestFault, type RequestMatch } from './request-faults.js';

/** A server inside this process: HTTP from end to end, over byte streams in memory and no socket, with faults to plant. */
export abstract class MemoryHttpServer {
  readonly #faults = new Faults();
  readonly #sockets = new Set<MemorySocket>();
  readonly #server: http.Server;
  #requests = 0;

  constructor(options: http.ServerOptions = {}) {
    this.#server = http.createServer(options, (request, response) => void this.#serve(request, response));
    // What a client cuts off is no fault of the server's.
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** The answer to a request that was read to its end; refusals are answers too. */
  protected abstract respond(request: http.IncomingMessage, body: Buffer): Answer;

  /** Sends an answer as this server words it. */
  protected abstract send(response: http.ServerResponse, answer: Answer, request: http.IncomingMessage): void;

  /** Sends the beginning of an answer whose rest never comes. */
  protected abstract begin(response: http.ServerResponse): void;

  /** Connections that are open now. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Requests that arrived since the start. */
  get requests(): number {
    return this.#requests;
  }

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

  /** The error with which a new connection fails now; undefined where it is let in. */
  protected connectError(): Error | undefined {
    const { refusal } = this.#faults;
    return refusal === undefined
      ? undefined
      : Object.assign(new Error(`connect ${refusal}`), { code: refusal });
  }

  /** The client's end of a new connection. */
  protected connect(): MemorySocket {
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
      const reply = await this.#replyTo(request, fault);
      if (!reply) return;
      if (fault?.kind !== 'drop') return this.send(response, reply, request);
      if (fault.when === 'within') this.begin(response);
      setImmediate(() => request.socket.destroy());
    } catch {
      // The client went away while its request was read.
      request.socket.destroy();
    }
  }

  async #replyTo(request: http.IncomingMessage, fault?: RequestFault): Promise<Answer | undefined> {
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
    return this.respond(request, Buffer.concat(chunks));
  }
}
