import { Duplex } from 'node:stream';

/** What stands at the other end of a stream. */
export interface Peer {
  /** The driver wants to connect; answer with `opened` or by destroying the stream. */
  opening(stream: MemorySocket): void;
  received(chunk: Buffer): void;
  closed(): void;
}

/** The part of `net.Socket` that the driver uses, without a socket. */
export class MemorySocket extends Duplex {
  readonly #peer: Peer;

  constructor(peer: Peer) {
    super({ allowHalfOpen: false, decodeStrings: true });
    this.#peer = peer;
    setImmediate(() => {
      if (!this.destroyed) this.#peer.opening(this);
    });
  }

  /** The peer accepts the connection. */
  opened(): void {
    this.emit('connect');
  }

  /** The peer breaks the connection. */
  reset(code: string): void {
    this.destroy(Object.assign(new Error(`connection failed: ${code}`), { code, syscall: 'read' }));
  }

  setTimeout(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    setImmediate(() => {
      if (!this.destroyed) this.#peer.received(chunk);
    });
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#peer.closed();
    done(error);
  }
}
