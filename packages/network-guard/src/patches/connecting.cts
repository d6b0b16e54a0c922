import net from 'node:net';
import { captureStack } from '../attempt/frame.cjs';
import type { Core } from '../core.cjs';
import { isIP } from '../policy/address.cjs';
import type { Native } from './natives.cjs';
import { observeAgents } from './queues.cjs';

/** The host and port that `connect` was called with; the native handle knows only an address. */
export interface ConnectTarget {
  host: string;
  port: number | undefined;
  tls: boolean;
  /** The stack of the call; undefined where the address is allowed. */
  origin: Error | undefined;
}

const targets = new WeakMap<object, ConnectTarget>();
let current: ConnectTarget | undefined;

/** The host and port that a socket connects to. */
export function connectTargetOf(socket: object | undefined): ConnectTarget | undefined {
  return socket && targets.get(socket);
}

/** The target of the `connect` call that is running: a name that is looked up meanwhile belongs to it. */
export function currentTarget(): ConnectTarget | undefined {
  return current;
}

/**
 * Records names and callers of connections. It refuses nothing, because nock replaces what happens inside `connect`: a
 * refusal at this layer would break its mocks.
 */
export function observeConnecting(core: Core): void {
  let first = true;
  core.patches.observe(net.Socket.prototype, 'connect', (original) => {
    return function connect(this: net.Socket, ...args: unknown[]) {
      if (first) observeAgents(core);
      first = false;
      const target = readTarget(core, this, args);
      if (!target) return original.apply(this, args);
      targets.set(this, target);
      const outer = current;
      current = target;
      try {
        return original.apply(this, args);
      } finally {
        current = outer;
      }
    };
  });
}

function readTarget(core: Core, socket: Native, args: unknown[]): ConnectTarget | undefined {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: args[1] };
  if (options.path)
    return { host: String(options.path), port: undefined, tls: false, origin: captureStack() };
  const host = typeof options.host === 'string' && options.host !== '' ? options.host : 'localhost';
  const port = Number(options.port);
  if (!Number.isInteger(port)) return undefined;
  // The address of a name is known later, when the caller is no longer on the stack.
  const allowed = isIP(host) !== 0 && core.reaches(host, port, 'tcp');
  return { host, port, tls: Boolean(socket.encrypted), origin: allowed ? undefined : captureStack() };
}
