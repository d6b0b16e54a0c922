import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { MemorySocket } from './memory-socket.js';

/** How a connection is closed: in good order, or broken off. */
export type Closing = 'end' | 'reset';

/** A real listener on loopback before a server in this process: it passes everything on, or reads so many bytes and then closes. */
export class ClosingListener {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #closing: { readonly after: number; readonly how: Closing } | undefined;
  #port = 0;
  /** Bytes that each connection brought since the last `closeAfter`; one that brought none is not there. */
  readonly brought = new Map<Socket, number>();

  constructor(server: { connection(): MemorySocket }) {
    this.#server = createServer((socket) => this.#accept(socket, server.connection()));
  }

  /** Where it listens, or listened last. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens; rejects with `EPERM` in a sandbox that denies it. */
  async listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Closes every connection that brings so many bytes, unanswered; undefined lets them all pass. */
  closeAfter(bytes: number | undefined, how: Closing = 'end'): void {
    this.brought.clear();
    this.#closing = bytes === undefined ? undefined : { after: bytes, how };
  }

  /** Closes everything; the next connection is refused until `listen`. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket, upstream: MemorySocket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    upstream.on('error', () => {});
    socket.once('close', () => {
      this.#sockets.delete(socket);
      upstream.destroy();
    });
    upstream.once('close', () => socket.destroy());
    upstream.on('data', (chunk: Buffer) => socket.write(chunk));
    socket.on('data', (chunk: Buffer) => {
      const brought = (this.brought.get(socket) ?? 0) + chunk.length;
      this.brought.set(socket, brought);
      if (!this.#closing) upstream.write(chunk);
      else if (brought >= this.#closing.after) this.#end(socket, this.#closing.how);
    });
  }

  #end(socket: Socket, how: Closing): void {
    if (how === 'reset') socket.resetAndDestroy();
    else socket.destroy();
  }
}
