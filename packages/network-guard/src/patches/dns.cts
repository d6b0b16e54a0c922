import dns from 'node:dns';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import type { Core } from '../core.cjs';
import { isIP } from '../policy/address.cjs';
import { currentTarget } from './connecting.cjs';
import { type Native, native } from './natives.cjs';

const { nextTick } = process;

/** Blocks the system's resolver and c-ares, also for code that kept `lookup` or a Resolver from before the guard. */
export function blockDns(core: Core): void {
  const cares = native('cares_wrap');
  const channel =
    cares?.ChannelWrap?.prototype ?? Object.getPrototypeOf((new dns.Resolver() as Native)._handle);
  for (const key of Object.getOwnPropertyNames(channel))
    if (/^query|^getHostByAddr$/.test(key)) blockQuery(core, channel, key);
  if (cares) blockSystemResolver(core, cares);
  else blockLookup(core);
}

function blockSystemResolver(core: Core, cares: Native): void {
  watchQuestions(core, cares.GetAddrInfoReqWrap.prototype, 'lookup');
  watchQuestions(core, cares.GetNameInfoReqWrap.prototype, 'lookupService');
  watchAnswers(core, cares.QueryReqWrap.prototype);
  watchAnswers(core, cares.GetAddrInfoReqWrap.prototype);
  blockResolver(core, cares, 'getaddrinfo', 'lookup');
  blockResolver(core, cares, 'getnameinfo', 'lookupService');
}

function judge(core: Core, name: string, api: string): BlockedError | undefined {
  const { policy } = core.context;
  if (api === 'lookup' && (name === '' || isIP(name))) return undefined;
  const allowed = isIP(name) ? policy.allowsAddress(name, 53) : policy.allowsName(name);
  if (allowed) return undefined;
  const target = currentTarget();
  if (target?.host === name)
    return core.refuse({
      protocol: target.tls ? 'tls' : 'tcp',
      host: name,
      port: target.port,
      api: 'connect',
      origin: target.origin,
    });
  return core.refuse({ protocol: 'dns', host: name, api });
}

function blockQuery(core: Core, channel: Native, key: string): void {
  core.patches.block(channel, key, `ChannelWrap.prototype.${key}`, (original) => {
    return function (this: Native, request: Native, name: string, ...rest: unknown[]) {
      const blocked = judge(core, String(name), apiOf(key));
      if (!blocked) return original.call(this, request, name, ...rest);
      fail(request, blocked);
      return 0;
    };
  });
}

function apiOf(key: string): string {
  return key === 'getHostByAddr' ? 'reverse' : `resolve${key.slice('query'.length)}`;
}

// Where process.binding is denied, there is no lower layer that could be patched.
function blockLookup(core: Core): void {
  core.patches.block(dns, 'lookup', 'dns.lookup', (original) => {
    return function lookup(this: unknown, name: string, ...rest: unknown[]) {
      const blocked = judge(core, String(name), 'lookup');
      const callback = rest.at(-1);
      if (!blocked || typeof callback !== 'function') return original.call(this, name, ...rest);
      nextTick(callback, blocked);
    };
  });
  core.patches.block(dns.promises, 'lookup', 'dns.promises.lookup', (original) => {
    return async function lookup(this: unknown, name: string, ...rest: unknown[]) {
      const blocked = judge(core, String(name), 'lookup');
      if (blocked) throw blocked;
      return original.call(this, name, ...rest);
    };
  });
}

const names = new WeakMap<object, string>();
const refused = new WeakMap<object, BlockedError>();

// Node's promise functions call a getaddrinfo that they kept, but each call still sets `hostname` on its request.
function watchQuestions(core: Core, prototype: Native, api: string): void {
  pinAccessor(prototype, 'hostname', {
    get(this: object) {
      return names.get(this);
    },
    set(this: Native, name: string) {
      names.set(this, name);
      const blocked = judge(core, String(name), api);
      if (!blocked) return;
      refused.set(this, blocked);
      if (typeof this.callback !== 'function') throw blocked;
    },
  });
}

function blockResolver(core: Core, cares: Native, key: string, api: string): void {
  core.patches.block(cares, key, `cares_wrap.${key}`, (original) => {
    return function (this: Native, request: Native, name: string, ...rest: unknown[]) {
      const blocked =
        refused.get(request) ?? (names.has(request) ? undefined : judge(core, String(name), api));
      if (!blocked) return original.call(this, request, name, ...rest);
      fail(request, blocked);
      return 0;
    };
  });
}

const answers = new WeakMap<object, (...args: unknown[]) => unknown>();

function watchAnswers(core: Core, prototype: Native): void {
  pinAccessor(prototype, 'oncomplete', {
    get(this: Native) {
      const complete = answers.get(this);
      if (!complete) return undefined;
      return (error: unknown, addresses: unknown, ...rest: unknown[]) => {
        if (!error && Array.isArray(addresses))
          core.context.policy.learn(this.hostname, addresses.filter(isAddress));
        return complete.call(this, error, addresses, ...rest);
      };
    },
    set(this: object, complete: (...args: unknown[]) => unknown) {
      answers.set(this, complete);
    },
  });
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && isIP(value) !== 0;
}

function pinAccessor(
  prototype: object,
  key: string,
  accessor: { get(): unknown; set(value: never): void },
): void {
  Object.defineProperty(prototype, key, { ...accessor, configurable: false, enumerable: true });
}

function fail(request: Native, error: Error): void {
  if (typeof request.callback === 'function') nextTick(() => request.callback(error));
  else if (typeof request.reject === 'function') nextTick(() => request.reject(error));
  else nextTick(() => request.oncomplete?.(error));
}
