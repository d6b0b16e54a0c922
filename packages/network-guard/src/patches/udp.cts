import { type Core, UV_EACCES } from '../core.cjs';
import type { Native } from './natives.cjs';
import { handlePrototype } from './prototypes.cjs';

/** Blocks UDP at the native handle. */
export function blockUdp(core: Core): void {
  const prototype = handlePrototype('UDP');
  if (!prototype) return;
  for (const key of ['bind', 'bind6']) blockBind(core, prototype, key);
  for (const key of ['connect', 'connect6']) blockConnect(core, prototype, key);
  for (const key of ['send', 'send6']) blockSend(core, prototype, key);
  for (const key of ['addMembership', 'addSourceSpecificMembership']) blockJoin(core, prototype, key);
  core.patches.block(prototype, 'open', 'UDP.prototype.open', () => {
    return (descriptor: number) => {
      core.refuse({ protocol: 'udp', host: `descriptor ${descriptor}`, api: 'open' });
      return UV_EACCES;
    };
  });
}

const UV_UDP_IPV6ONLY = 1;
const connected = new WeakMap<object, { host: string; port: number }>();

// Sending needs a local port that the system picks: to bind port 0 is not listening where sending is allowed.
function blockBind(core: Core, prototype: Native, key: string): void {
  core.patches.block(prototype, key, `UDP.prototype.${key}`, (original) => {
    return function (this: Native, host: string, port: number, ...rest: unknown[]) {
      const { policy } = core.context;
      const toSend = port === 0 && (policy.loopbackServers || policy.source.allow?.length);
      if (!toSend && !policy.allowsListening(host)) {
        core.refuse({ protocol: 'udp', host, port, api: 'bind' });
        return UV_EACCES;
      }
      const status = original.call(this, host, port, ...rest);
      if (status === 0 && policy.allowsListening(host))
        announce(core, this, key === 'bind6' && (Number(rest[0]) & UV_UDP_IPV6ONLY) !== 0);
      return status;
    };
  });
}

function announce(core: Core, handle: Native, ipv6Only: boolean): void {
  const name: { port?: number; address?: string } = {};
  if (handle.getsockname(name) !== 0 || name.port === undefined) return;
  const { port, address = '' } = name;
  const end = core.listeners.add({ kind: 'udp', port, address, ipv6Only });
  const { close } = handle;
  handle.close = function (this: Native, ...args: unknown[]) {
    end();
    return close.apply(this, args);
  };
}

function blockConnect(core: Core, prototype: Native, key: string): void {
  core.patches.block(prototype, key, `UDP.prototype.${key}`, (original) => {
    return function (this: Native, host: string, port: number, ...rest: unknown[]) {
      if (!core.reaches(host, port, 'udp')) {
        core.refuse({ protocol: 'udp', host, port, api: 'connect' });
        return UV_EACCES;
      }
      connected.set(this, { host, port });
      return original.call(this, host, port, ...rest);
    };
  });
}

function blockSend(core: Core, prototype: Native, key: string): void {
  core.patches.block(prototype, key, `UDP.prototype.${key}`, (original) => {
    return function (this: Native, ...args: unknown[]) {
      const to = typeof args[3] === 'number' ? { port: args[3], host: String(args[4]) } : connected.get(this);
      const reach = to && core.reachOf(to.host, to.port, 'udp');
      // Noted before the kernel counts it, so that no reader of both sees the count alone.
      if (reach === 'gone') core.listeners.noteUnanswered();
      if (reach) return original.apply(this, args);
      core.refuse({ protocol: 'udp', host: to?.host ?? 'unknown', port: to?.port, api: 'send' });
      return UV_EACCES;
    };
  });
}

// Joining a group sends a membership report to the network.
function blockJoin(core: Core, prototype: Native, key: string): void {
  core.patches.block(prototype, key, `UDP.prototype.${key}`, (original) => {
    return function (this: Native, ...args: unknown[]) {
      const group = String(args[key === 'addMembership' ? 0 : 1]);
      if (core.context.policy.allowsAddress(group, 0)) return original.apply(this, args);
      core.refuse({ protocol: 'udp', host: group, api: key });
      return UV_EACCES;
    };
  });
}
