import dgram from 'node:dgram';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import type { Core } from '../core.cjs';
import { isIP } from '../policy/address.cjs';
import type { Native } from './natives.cjs';

const { nextTick } = process;

/** Refuses datagrams in `dgram`, where their host name is still known; the native handles refuse those that come past it. */
export function observeDatagrams(core: Core): void {
  let sending = 0;
  core.patches.observe(dgram.Socket.prototype, 'send', (original) => {
    return function send(this: Native, ...args: unknown[]) {
      const { port, host, callback } = destination(args, this.type);
      const blocked = port === undefined ? undefined : judge(core, host, port, 'send');
      if (blocked) return void (callback && nextTick(callback, blocked));
      sending += 1;
      try {
        return original.apply(this, args);
      } finally {
        sending -= 1;
      }
    };
  });
  core.patches.observe(dgram.Socket.prototype, 'connect', (original) => {
    return function connect(this: Native, port: number, address?: unknown, callback?: unknown) {
      const then = typeof address === 'function' ? address : callback;
      const host = typeof address === 'string' ? address : loopback(this.type);
      const blocked = Number.isInteger(port) ? judge(core, host, port, 'connect') : undefined;
      if (blocked)
        return void nextTick(() =>
          typeof then === 'function' ? then(blocked) : this.emit('error', blocked),
        );
      sending += 1;
      try {
        return original.call(this, port, address, callback);
      } finally {
        sending -= 1;
      }
    };
  });
  core.patches.observe(dgram.Socket.prototype, 'bind', (original) => {
    return function bind(this: Native, ...args: unknown[]) {
      const blocked = sending > 0 ? undefined : judgeBind(core, args, this.type);
      if (!blocked) return original.apply(this, args);
      nextTick(() => this.emit('error', blocked));
      return this;
    };
  });
}

// The two forms of send: (buffer, offset, length, port, address, callback) and (buffer, port, address, callback).
function destination(args: unknown[], type: string) {
  const long = Boolean(args[4] || (args[3] && typeof args[3] !== 'function'));
  const [port, address] = long ? [args[3], args[4]] : [args[1], args[2]];
  const callback = args.find((argument) => typeof argument === 'function') as
    | ((error: Error) => void)
    | undefined;
  const known = (typeof port === 'number' || typeof port === 'string') && Number.isInteger(Number(port));
  return {
    port: known ? Number(port) : undefined,
    host: typeof address === 'string' && address !== '' ? address : loopback(type),
    callback,
  };
}

function loopback(type: string): string {
  return type === 'udp6' ? '::1' : '127.0.0.1';
}

function judge(core: Core, host: string, port: number, api: string): BlockedError | undefined {
  const allowed = isIP(host) ? core.reaches(host, port, 'udp') : core.context.policy.allowsName(host, port);
  return allowed ? undefined : core.refuse({ protocol: 'udp', host, port, api });
}

function judgeBind(core: Core, args: unknown[], type: string): BlockedError | undefined {
  const first: Native = args[0];
  const options = typeof first === 'object' && first !== null ? first : { port: first, address: args[1] };
  if (typeof options.recvStart === 'function' || typeof options.fd === 'number') return undefined;
  const host =
    typeof options.address === 'string' && options.address !== '' ? options.address : anyAddress(type);
  const port = Number.isInteger(options.port) ? options.port : 0;
  return core.context.policy.allowsListening(host)
    ? undefined
    : core.refuse({ protocol: 'udp', host, port, api: 'bind' });
}

function anyAddress(type: string): string {
  return type === 'udp6' ? '::' : '0.0.0.0';
}
