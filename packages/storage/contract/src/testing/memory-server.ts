import { MemorySocket } from './memory-socket.js';
import {
  type HeldRequest,
  type RequestFault,
  RequestFaults,
  type RequestMatch,
  type Serve,
} from './request-faults.js';

/** A server inside this process: a real driver talks to it over byte streams in memory, and a test plants faults in it. */
export abstract class MemoryServer<Reply> {
  readonly #faults = new RequestFaults<Reply>();
  /** The server's end of each connection, by the client's. */
  readonly #sockets = new Map<MemorySocket, MemorySocket>();
  #refusal: string | undefined;
  #connectionsMade = 0;
  #requests = 0;
  /** Of connections that have ended. */
  #bytesReceived = 0;

  /** Connections that are open now. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Connections that were accepted since the start. */
  get connectionsMade(): number {
    return this.#connectionsMade;
  }

  /** Requests that arrived since the start, without what begins a login. */
  get requests(): number {
    return this.#requests;
  }

  /** Bytes that clients have written since the start. */
  get bytesReceived(): number {
    return [...this.#sockets.keys()].reduce(
      (sum, { bytesWritten }) => sum + bytesWritten,
      this.#bytesReceived,
    );
  }

  /** Answers the next matching requests with this instead of serving them. */
  answer(match: RequestMatch, reply: Reply, times = 1): void {
    this.plant(match, { kind: 'answer', reply }, times);
  }

  /** Closes the connection at the next matching requests: before they are served, or after it and before the answer. */
  drop(match: RequestMatch, when: 'before' | 'after', times = 1): void {
    this.plant(match, { kind: 'drop', when }, times);
  }

  /** Makes the next matching request wait. */
  hold(match: RequestMatch): HeldRequest {
    return this.#faults.hold(match);
  }

  /** Reads all requests from now on and answers none, until `recover`. */
  silence(): void {
    this.#faults.silence();
  }

  /** Breaks all connections, and lets new ones fail with this code until `recover`. */
  async refuse(code = 'ECONNREFUSED'): Promise<void> {
    this.#refusal = code;
    await this.breakConnections();
  }

  /** Breaks all connections; resolves when the clients know. */
  async breakConnections(): Promise<void> {
    await this.#end((socket) => socket.reset('ECONNRESET'));
  }

  /** Forgets all planted faults. */
  recover(): void {
    this.#faults.clear();
    this.#refusal = undefined;
  }

  /** Closes all connections; what was stored stays. */
  async close(): Promise<void> {
    await this.#end((socket) => socket.end());
  }

  /** A connection of somebody else's, such as of a listener before this server. */
  connection(): MemorySocket {
    return this.dial().connect();
  }

  /** Serves a new connection. */
  protected abstract accept(socket: MemorySocket): void;

  /** The client's end of a connection that begins with its `connect`. */
  protected dial(): MemorySocket {
    const [client, server] = MemorySocket.pair(() => {
      if (this.#refusal !== undefined) return server.reset(this.#refusal);
      this.#connectionsMade += 1;
      this.#sockets.set(client, server);
      client.once('close', () => {
        this.#bytesReceived += client.bytesWritten;
        this.#sockets.delete(client);
      });
      // A client may be gone before its answer.
      server.on('error', () => {});
      this.accept(server);
      server.accept();
    });
    return client;
  }

  protected plant(match: RequestMatch, fault: RequestFault<Reply>, times: number): void {
    this.#faults.plant(match, fault, times);
  }

  /** The answer to a request, after the fault planted for it; undefined where nothing is to be sent. */
  protected readonly serve: Serve<Reply> = (text, steps) => {
    this.#requests += 1;
    return this.greet(text, steps);
  };

  /** As `serve`, for the beginning of a login, which does not count as a request. */
  protected readonly greet: Serve<Reply> = (text, steps) => this.#faults.serve(text, steps);

  async #end(end: (socket: MemorySocket) => void): Promise<void> {
    const sockets = [...this.#sockets];
    const closed = sockets.map(([client]) => new Promise((resolve) => client.once('close', resolve)));
    for (const [, socket] of sockets) end(socket);
    await Promise.all(closed);
  }
}
