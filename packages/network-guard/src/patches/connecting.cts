import net from 'node:net';
import { captureStack } from '../attempt/frame.cjs';
import type { Core } from '../core.cjs';
import { isIP } from '../policy/address.cjs';
import type { Native } from './natives.cjs';
import { observeAgents } from './queues.cjs';

/** What a socket was asked for, which the native handle no longer knows. */
export interface Wish {
  host: string;
  port: number | undefined;
  tls: boolean;
  origin: Error | undefined;
}

const wishes = new WeakMap<object, Wish>();
let current: Wish | undefined;

/** What a socket was asked to connect to. */
export function wishOf(socket: object | undefined): Wish | undefined {
  return socket && wishes.get(socket);
}

/** The connection that is being set up right now: a name that is looked up meanwhile belongs to it. */
export function currentWish(): Wish | undefined {
  return current;
}

/**
 * Remembers names and places of connections. It refuses nothing: nock replaces what happens inside `connect`, so a
 * refusal here would break its mocks.
 */
export function observeConnecting(core: Core): void {
  let first = true;
  core.patches.aid(net.Socket.prototype, 'connect', (original) => {
    return function connect(this: net.Socket, ...args: unknown[]) {
      if (first) observeAgents(core);
      first = false;
      const wish = wishFrom(core, this, args);
      if (!wish) return original.apply(this, args);
      wishes.set(this, wish);
      const outer = current;
      current = wish;
      try {
        return original.apply(this, args);
      } finally {
        current = outer;
      }
    };
  });
}

function wishFrom(core: Core, socket: Native, args: unknown[]): Wish | undefined {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: args[1] };
  if (options.path)
    return { host: String(options.path), port: undefined, tls: false, origin: captureStack() };
  const host = typeof options.host === 'string' && options.host !== '' ? options.host : 'localhost';
  const port = Number(options.port);
  if (!Number.isInteger(port)) return undefined;
  // What a name stands for is judged later, when the caller is no longer on the stack.
  const allowed = isIP(host) !== 0 && core.reaches(host, port, 'tcp');
  return { host, port, tls: Boolean(socket.encrypted), origin: allowed ? undefined : captureStack() };
}
