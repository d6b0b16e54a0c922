import http from 'node:http';
import type { Answer } from './answer.js';
import { MemoryServer } from './memory-server.js';
import type { MemorySocket } from './memory-socket.js';
import type { DropMoment, RequestMatch } from './request-faults.js';

/** A server of HTTP inside this process, whose requests are matched by method and path, such as `POST /multi_search`. */
export abstract class MemoryHttpServer extends MemoryServer<Answer> {
  readonly #server: http.Server;

  constructor(options: http.ServerOptions = {}) {
    super();
    this.#server = http.createServer(options, (request, response) => void this.#handle(request, response));
    // A client that leaves in the middle of a request is not a fault of the server.
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Closes the connection at the next matching requests: before the answer, in the middle of it or in its place. */
  override drop(match: RequestMatch, when: DropMoment, times = 1): void {
    this.plant(match, { kind: 'drop', when }, times);
  }

  /** The answer to a request that was read to its end; refusals are answers too. */
  protected abstract respond(request: http.IncomingMessage, body: Buffer): Answer;

  /** Sends an answer as this server words it. */
  protected abstract send(response: http.ServerResponse, answer: Answer, request: http.IncomingMessage): void;

  /** Sends the beginning of an answer whose rest never comes. */
  protected abstract begin(response: http.ServerResponse): void;

  protected override accept(socket: MemorySocket): void {
    this.#server.emit('connection', socket);
  }

  async #handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { socket } = request;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const answer = await this.serve<Answer>(`${request.method} ${request.url}`, {
        socket,
        serve: () => this.respond(request, Buffer.concat(chunks)),
        answer: (planted) => planted,
        drop: (when) => {
          if (when === 'within') this.begin(response);
          // A beginning and the end of a connection do not arrive as one.
          setImmediate(() => socket.destroy());
        },
      });
      if (answer) this.send(response, answer, request);
    } catch {
      // The client went away while its request was read.
      socket.destroy();
    }
  }
}
