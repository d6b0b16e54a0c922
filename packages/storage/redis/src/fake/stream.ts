import { Duplex } from 'node:stream';

/** The far end of a socket. */
export interface Peer {
  /** Bytes that the client wrote arrive, in a later turn of the event loop. */
  receive(socket: FakeSocket, chunk: Buffer): void;
  /** The client's end is closed. */
  leave(socket: FakeSocket): void;
}

/** What the driver uses of a `net.Socket`, in memory. */
export class FakeSocket extends Duplex {
  /** Whether `connect` has yet to come, as on a real socket. */
  connecting = true;
  readonly remoteAddress = 'in-process';
  readonly #peer: Peer;

  constructor(peer: Peer) {
    super();
    this.#peer = peer;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    setImmediate(() => {
      if (!this.destroyed) this.#peer.receive(this, chunk);
    });
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
    setImmediate(() => this.destroy());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#peer.leave(this);
    done(error);
  }
}
