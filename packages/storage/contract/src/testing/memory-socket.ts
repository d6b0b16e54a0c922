import { Duplex } from 'node:stream';

/** One end of a byte stream within this process, with those parts of `net.Socket` that drivers use. */
export class MemorySocket extends Duplex {
  readonly remoteAddress = 'memory';
  /** Whether `connect` was called and the server has not decided yet. */
  connecting = false;
  /** Bytes that this end has written so far. */
  bytesWritten = 0;
  readonly #decide: () => void;
  #peer: MemorySocket | undefined;
  /** Set while the other end has not read what was written last. */
  #written: (() => void) | undefined;

  private constructor(decide: () => void = () => {}) {
    super({ allowHalfOpen: false });
    this.#decide = decide;
  }

  /** Both ends of a new stream, the client's first; `decide` is called when the client wants to connect. */
  static pair(decide?: () => void): [client: MemorySocket, server: MemorySocket] {
    const [client, server] = [new MemorySocket(decide), new MemorySocket()];
    client.#peer = server;
    server.#peer = client;
    return [client, server];
  }

  /** Asks the server for a connection, which it accepts or resets in a later turn of the event loop. */
  connect(): this {
    this.connecting = true;
    setImmediate(() => {
      if (!this.destroyed) this.#decide();
    });
    return this;
  }

  /** Tells the client at the other end that it is connected. */
  accept(): void {
    const client = this.#peer;
    if (!client) return;
    client.connecting = false;
    client.emit('connect');
  }

  /** Breaks the stream: the other end fails with this code, such as `ECONNRESET`. */
  reset(code: string): void {
    const syscall = this.#peer?.connecting ? 'connect' : 'read';
    this.#peer?.destroy(Object.assign(new Error(`${syscall} ${code}`), { code, syscall }));
    this.destroy();
  }

  /** Does nothing: no stream in memory is idle for long. */
  setTimeout(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    const peer = this.#peer;
    if (!peer) return;
    const written = peer.#written;
    peer.#written = undefined;
    written?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.bytesWritten += chunk.length;
    // Drivers are not ready for an answer before their call of `write` returns.
    process.nextTick(() => {
      const peer = this.#peer;
      if (!peer || peer.destroyed || peer.readableEnded) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      } else if (peer.push(chunk)) {
        done();
      } else {
        this.#written = done;
      }
    });
  }

  override _final(done: () => void): void {
    this.#leave();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#leave();
    this.#written?.();
    done(error);
  }

  #leave(): void {
    const peer = this.#peer;
    this.#peer = undefined;
    if (peer && !peer.destroyed) peer.push(null);
  }
}
