import fs from 'node:fs';
import type { Core } from '../core.cjs';
import type { Native } from './natives.cjs';
import { handlePrototype } from './prototypes.cjs';

const { readSync } = fs;
const SOCKET = 0;
/** Reading is synchronous, so that one place serves all channels. */
const CHUNK = Buffer.alloc(65_536);

/**
 * A pipe over which a Node child reports attempts that it cannot write to the report file: another user, `--permission`,
 * a full disk. It is read when the guard looks for attempts and when the child has ended, and keeps no process alive.
 */
export class Channel {
  readonly #handle: Native;
  #rest = '';

  private constructor(handle: Native) {
    this.#handle = handle;
  }

  /** A new channel, as an entry of a child's `stdio`; undefined where this Node does not expose its pipes. */
  static open(): { channel: Channel; entry: object } | undefined {
    const Pipe = process.platform === 'win32' ? undefined : handlePrototype('Pipe')?.constructor;
    if (!Pipe) return undefined;
    const handle: Native = new Pipe(SOCKET);
    return { channel: new Channel(handle), entry: { type: 'pipe', handle } };
  }

  /** The lines that arrived since the last call. */
  readonly read = (): string[] => {
    const lines = (this.#rest + this.#available()).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  };

  close(): void {
    this.#handle.close();
  }

  #available(): string {
    const parts: string[] = [];
    for (;;) {
      const length = this.#tryRead();
      if (length === 0) return parts.join('');
      parts.push(CHUNK.toString('utf8', 0, length));
    }
  }

  // An empty pipe answers EAGAIN, one that was never opened EBADF.
  #tryRead(): number {
    try {
      return readSync(this.#handle.fd, CHUNK, 0, CHUNK.length, null);
    } catch {
      return 0;
    }
  }
}

/** Opens a channel from a child that a native handle is about to start; it ends with the child. */
export function channelFor(core: Core, child: Native): object | undefined {
  const opened = Channel.open();
  if (!opened) return undefined;
  const { channel, entry } = opened;
  const end = core.report.listen(channel.read);
  const { onexit } = child;
  child.onexit = function (this: Native, ...args: unknown[]) {
    end();
    channel.close();
    return onexit?.apply(this, args);
  };
  return entry;
}
