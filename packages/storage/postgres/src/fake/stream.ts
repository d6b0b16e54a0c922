import { Duplex } from 'node:stream';

/** What stands at the other end of a stream. */
export interface Peer {
  /** The driver wants to connect; answer with `opened` or by destroying the stream. */
  opening(stream: MemorySocket): void;
  received(chunk: Buffer): void;
  /** The driver's half is finished, or the stream is gone. */
  closed(): void;
}

/** The part of `net.Socket` that the `pg` driver uses, without a socket. */
export class MemorySocket extends Duplex {
  readonly #peer: Peer;
  #connecting = false;

  constructor(peer: Peer) {
    super({ allowHalfOpen: false, decodeStrings: true });
    this.#peer = peer;
  }

  get connecting(): boolean {
    return this.#connecting;
  }

  connect(): this {
    this.#connecting = true;
    setImmediate(() => {
      if (!this.destroyed) this.#peer.opening(this);
    });
    return this;
  }

  /** The peer accepts the connection. */
  opened(): void {
    this.#connecting = false;
    this.emit('connect');
  }

  /** The peer breaks the connection. */
  reset(code: string): void {
    this.destroy(Object.assign(new Error(`connection failed: ${code}`), { code, syscall: 'read' }));
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#peer.received(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.#peer.closed();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#peer.closed();
    done(error);
  }
}
