import { Duplex } from 'node:stream';

/** One end of a byte stream within this process, with those methods of `net.Socket` that Node's HTTP client calls. */
export class MemorySocket extends Duplex {
  #peer: MemorySocket | undefined;
  /** Set while the other end has not read what was written last. */
  #written: (() => void) | undefined;

  private constructor() {
    super({ allowHalfOpen: false });
  }

  /** Both ends of a new stream. */
  static pair(): [MemorySocket, MemorySocket] {
    const [one, other] = [new MemorySocket(), new MemorySocket()];
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  /** Nothing here is ever idle for long. */
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
    const peer = this.#peer;
    if (!peer || peer.destroyed || peer.readableEnded) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    } else if (peer.push(chunk)) {
      done();
    } else {
      this.#written = done;
    }
  }

  override _final(done: () => void): void {
    this.#farewell();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#farewell();
    this.#written?.();
    done(error);
  }

  #farewell(): void {
    const peer = this.#peer;
    this.#peer = undefined;
    if (peer && !peer.destroyed) peer.push(null);
  }
}
