import { type Core, UV_EACCES } from '../core.cjs';
import { canonicalAddress, isIP, isLoopback } from '../policy/address.cjs';
import type { CompiledPolicy } from '../policy/policy.cjs';
import { connectTargetOf } from './connecting.cjs';
import { type Native, native, ownerOf, redirectDestroy } from './natives.cjs';
import type { AnyFunction } from './patches.cjs';
import { handlePrototype } from './prototypes.cjs';

/** The address of an open connection and the policy under which it was opened. */
interface Peer {
  address: string;
  port: number;
  policy: CompiledPolicy;
}

const peers = new WeakMap<object, Peer>();
const bound = new WeakMap<object, { host: string; port: number; ipv6Only: boolean }>();
const UV_TCP_IPV6ONLY = 1;
const WRITES = [
  'writev',
  'writeBuffer',
  'writeAsciiString',
  'writeUtf8String',
  'writeUcs2String',
  'writeLatin1String',
];

/** Blocks TCP at the native handle, below net, tls, http, http2, fetch, WebSocket and every client library. */
export function blockTcp(core: Core): void {
  const prototype = handlePrototype('TCP');
  for (const key of ['connect', 'connect6']) blockConnect(core, prototype, key);
  for (const key of ['bind', 'bind6']) blockBind(core, prototype, key);
  blockListen(core, prototype);
  blockOpen(core, prototype);
  for (const key of WRITES) blockWrite(core, prototype, key, 'TCP');
  const tls = native('tls_wrap')?.TLSWrap?.prototype;
  if (tls) for (const key of WRITES) blockWrite(core, tls, key, 'TLSWrap');
}

function blockConnect(core: Core, prototype: Native, key: string): void {
  core.patches.block(prototype, key, `TCP.prototype.${key}`, (original) => {
    return function (this: Native, request: unknown, address: string, port: number, ...rest: unknown[]) {
      if (core.reaches(address, port, 'tcp')) {
        peers.set(this, { address, port, policy: core.context.policy });
        return original.call(this, request, address, port, ...rest);
      }
      redirectDestroy(ownerOf(this), refuseConnection(core, this, address, port));
      return UV_EACCES;
    };
  });
}

function refuseConnection(core: Core, handle: Native, address = 'unknown', port = 0) {
  const socket = ownerOf(handle);
  const target = connectTargetOf(socket);
  const host = target?.host ?? socket?._host ?? address;
  return core.refuse({
    protocol: (target?.tls ?? socket?.encrypted) ? 'tls' : 'tcp',
    host,
    port,
    address,
    api: 'connect',
    reason:
      core.context.policy.allowsName(host, port) && host !== address
        ? `${host} stands for another address`
        : undefined,
    origin: target?.origin,
  });
}

// A client that binds a local address already has a socket that owns it; a server does not yet.
function blockBind(core: Core, prototype: Native, key: string): void {
  core.patches.block(prototype, key, `TCP.prototype.${key}`, (original) => {
    return function (this: Native, host: string, port: number, ...rest: unknown[]) {
      bound.set(this, { host, port, ipv6Only: key === 'bind6' && (Number(rest[0]) & UV_TCP_IPV6ONLY) !== 0 });
      const owner = ownerOf(this);
      if (owner ? mayConnect(core, owner) : core.context.policy.allowsListening(host))
        return original.call(this, host, port, ...rest);
      if (owner)
        redirectDestroy(
          owner,
          refuseConnection(core, this, connectTargetOf(owner)?.host, connectTargetOf(owner)?.port),
        );
      else core.refuse({ protocol: 'listen', host, port, api: 'bind' });
      return UV_EACCES;
    };
  });
}

// A name that is looked up by now was allowed; its address is judged when the socket connects.
function mayConnect(core: Core, socket: Native): boolean {
  const { host, port } = connectTargetOf(socket) ?? {};
  return host === undefined || port === undefined || isIP(host) === 0 || core.reaches(host, port, 'tcp');
}

function blockListen(core: Core, prototype: Native): void {
  core.patches.block(prototype, 'listen', 'TCP.prototype.listen', (original) => {
    return function (this: Native, ...args: unknown[]) {
      const { host, port } = bound.get(this) ?? localAddressOf(this);
      if (!core.context.policy.allowsListening(host)) {
        core.refuse({ protocol: 'listen', host, port, api: 'listen' });
        return UV_EACCES;
      }
      closeForeignConnections(this);
      const status = original.apply(this, args);
      if (status === 0) announce(core, this);
      return status;
    };
  });
}

// Servers in tests often listen on every interface; this closes connections from other machines.
function closeForeignConnections(handle: Native): void {
  const { onconnection } = handle;
  if (typeof onconnection !== 'function') return;
  handle.onconnection = function (this: Native, status: number, client: Native) {
    const caller: { address?: string } = {};
    if (
      status === 0 &&
      client?.getpeername?.(caller) === 0 &&
      !isLoopback(canonicalAddress(caller.address ?? ''))
    )
      return client.close();
    return onconnection.call(this, status, client);
  };
}

function announce(core: Core, handle: Native): void {
  const { host: address, port } = localAddressOf(handle);
  const end = core.listeners.add({ kind: 'tcp', port, address, ipv6Only: bound.get(handle)?.ipv6Only });
  const { close } = handle;
  handle.close = function (this: Native, ...args: unknown[]) {
    end();
    return close.apply(this, args);
  };
}

// Descriptors 0 to 2 are the process' standard streams; any other open connection comes from elsewhere.
function blockOpen(core: Core, prototype: Native): void {
  core.patches.block(prototype, 'open', 'TCP.prototype.open', (original) => {
    return function (this: Native, descriptor: number) {
      if (descriptor <= 2) return original.call(this, descriptor);
      core.refuse({ protocol: 'tcp', host: `descriptor ${descriptor}`, api: 'open' });
      return UV_EACCES;
    };
  });
}

// A test that may not connect could write to a connection that another test was allowed to open.
function blockWrite(core: Core, prototype: Native, key: string, label: string): void {
  core.patches.block(prototype, key, `${label}.prototype.${key}`, (original: AnyFunction) => {
    return function (this: Native, ...args: unknown[]) {
      const peer = peers.get(this) ?? peers.get(this._parent);
      if (!peer || peer.policy === core.context.policy || core.reaches(peer.address, peer.port, 'tcp'))
        return original.apply(this, args);
      const owner = ownerOf(this) ?? ownerOf(this._parent ?? this);
      const target = connectTargetOf(owner);
      const error = core.refuse({
        protocol: target?.tls ? 'tls' : 'tcp',
        host: target?.host ?? peer.address,
        port: peer.port,
        address: peer.address,
        api: 'write',
        reason: 'the connection was opened where more was allowed',
      });
      redirectDestroy(owner, error);
      return UV_EACCES;
    };
  });
}

function localAddressOf(handle: Native): { host: string; port: number } {
  const name: { address?: string; port?: number } = {};
  handle.getsockname?.(name);
  return { host: name.address ?? 'unknown', port: name.port ?? 0 };
}
