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

// Where process.binding is denied (`--permission`), public objects still lead to their native handles.
const FROM_PUBLIC_OBJECT: Record<Handle, () => Native> = {
  TCP: () => handleOfSocket({ host: 'handle.invalid', port: 1, lookup: () => {} }),
  Pipe: () => handleOfSocket({ path: path.join(os.tmpdir(), `no-socket-${process.pid}`) }),
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

/** The prototype of a kind of native handle; undefined where this Node does not expose it. */
export function handlePrototype(kind: Handle): Native | undefined {
  const fromBinding = native(BINDING[kind])?.[kind]?.prototype;
  if (fromBinding) return fromBinding;
  try {
    return Object.getPrototypeOf(FROM_PUBLIC_OBJECT[kind]());
  } catch {
    return undefined;
  }
}

// The handle is set before the socket is connected, and gone once connecting has failed.
function handleOfSocket(options: object): Native {
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
