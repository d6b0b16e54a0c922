import { BlockList } from 'node:net';
import path from 'node:path';
import type { AllowRule } from '../types.cjs';
import { canonicalAddress, isIP } from './address.cjs';

/** An allow rule, compiled for fast decisions. */
export interface CompiledRule {
  port: number | undefined;
  /** Whether an address is covered without any name. */
  matchesAddress(address: string): boolean;
  /** Whether a name may be looked up for this rule. */
  matchesName(name: string): boolean;
  /** The addresses that names resolved to, by name. */
  pins: Map<string, Set<string>>;
  /** The addresses in the rule itself, to which no lookup adds. */
  fixed: Set<string> | undefined;
}

const UNIX = 'unix:';

/**
 * The socket that a rule `unix:/path` or `unix:@abstract` names; undefined for other rules. Throws a TypeError on one
 * that names no socket.
 */
export function socketOf(rule: AllowRule): string | undefined {
  if (typeof rule !== 'string' || !rule.trim().startsWith(UNIX)) return undefined;
  const name = rule.trim().slice(UNIX.length);
  if (path.isAbsolute(name) || /^@./.test(name)) return name;
  throw new TypeError(
    `network-guard: the allow rule ${JSON.stringify(rule)} names no socket: unix:/absolute/path or unix:@abstract`,
  );
}

/** Compiles a rule; throws a TypeError on one without a host or with an invalid port. */
export function compileRule(rule: AllowRule): CompiledRule {
  const { host, port, addresses } = typeof rule === 'string' ? parse(rule) : rule;
  const wanted = host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (wanted === '' || wanted === '*.' || (wanted === '*' && host.trim() !== '*'))
    throw new TypeError(`network-guard: the allow rule ${JSON.stringify(rule)} names no host`);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    throw new TypeError(`network-guard: the allow rule ${JSON.stringify(rule)} has no valid port`);
  return {
    port,
    matchesAddress: addressMatcher(wanted),
    matchesName: nameMatcher(wanted),
    pins: new Map(wanted === 'localhost' ? [['localhost', new Set(['127.0.0.1', '::1'])]] : []),
    fixed: addresses ? new Set(addresses.map(canonicalAddress)) : undefined,
  };
}

function parse(rule: string): { host: string; port?: number; addresses?: readonly string[] } {
  const text = rule.trim();
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  if (bracketed) return withPort(bracketed[1] ?? '', bracketed[2]);
  if (isIP(text) || isIP(text.split('/')[0] ?? '') === 6) return { host: text };
  const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  return withPort(host === '' && port !== undefined ? '*' : host, port);
}

function withPort(host: string, port: string | undefined): { host: string; port?: number } {
  return port === undefined ? { host } : { host, port: Number(port) };
}

function addressMatcher(host: string): (address: string) => boolean {
  if (host === '*') return () => true;
  if (isIP(host)) {
    const wanted = canonicalAddress(host);
    return (address) => address === wanted;
  }
  const [net = '', prefix] = host.split('/');
  if (prefix === undefined) return () => false;
  if (!isIP(net) || !/^\d{1,3}$/.test(prefix))
    throw new TypeError(`network-guard: ${host} is not a CIDR block`);
  const block = new BlockList();
  block.addSubnet(net, Number(prefix), isIP(net) === 6 ? 'ipv6' : 'ipv4');
  return (address) => block.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function nameMatcher(host: string): (name: string) => boolean {
  if (host === '*') return () => true;
  if (host.startsWith('*.')) {
    const suffix = host.slice(1);
    return (name) => name.length > suffix.length && name.endsWith(suffix);
  }
  return (name) => name === host;
}
