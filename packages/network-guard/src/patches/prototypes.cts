import child from 'node:child_process';
import dgram from 'node:dgram';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Native, native } from './natives.cjs';

type Handle = 'TCP' | 'Pipe' | 'UDP' | 'Process';

const BINDING: Record<Handle, string> = {
  TCP: 'tcp_wrap',
  Pipe: 'pipe_wrap',
  UDP: 'udp_wrap',
  Process: 'process_wrap',
};

// Where process.binding is denied (`--permission`), public objects still show the handles that they stand on.
const SHOWN: Record<Handle, () => Native> = {
  TCP: () => shownBySocket({ host: 'handle.invalid', port: 1, lookup: () => {} }),
  Pipe: () => shownBySocket({ path: path.join(os.tmpdir(), `no-socket-${process.pid}`) }),
  UDP: () => {
    const socket: Native = dgram.createSocket('udp4');
    const state = Object.getOwnPropertySymbols(socket).find(
      ({ description }) => description === 'state symbol',
    );
    const { handle } = socket[state as symbol];
    socket.close();
    return handle;
  },
  Process: () => (new child.ChildProcess() as Native)._handle,
};

/** The prototype of a kind of native handle; undefined where this Node shows it nowhere. */
export function handlePrototype(kind: Handle): Native | undefined {
  const fromBinding = native(BINDING[kind])?.[kind]?.prototype;
  if (fromBinding) return fromBinding;
  try {
    return Object.getPrototypeOf(SHOWN[kind]());
  } catch {
    return undefined;
  }
}

// The handle is set before the socket is connected, and gone once connecting has failed.
function shownBySocket(options: object): Native {
  const socket: Native = new net.Socket();
  let seen: Native;
  let current: Native = null;
  Object.defineProperty(socket, '_handle', {
    get: () => current,
    set(handle: Native) {
      seen ??= handle;
      current = handle;
    },
  });
  socket.on('error', () => {});
  socket.connect(options);
  socket.destroy();
  return seen;
}
