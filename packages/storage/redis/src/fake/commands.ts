import type { Keyspace } from './keyspace.js';
import { error, type RespReply, status } from './resp.js';
import { formatScore, parseScore, sortedSet, WrongType } from './sorted-set.js';
import { zrange } from './zrange.js';

/** Runs one command against the keys. */
export type Run = (args: string[], keys: Keyspace) => RespReply;

interface Spec {
  /** Number of arguments, the command's name included, as the server declares it; a negative number is a minimum. */
  readonly arity: number;
  readonly run: Run;
}

const OK = status('OK');
const NOT_INTEGER = error('ERR value is not an integer or out of range');
const SYNTAX = error('ERR syntax error');

/** The commands that an adapter or a test needs; any other is unknown to the fake. */
const COMMANDS: Readonly<Record<string, Spec>> = {
  ping: { arity: -1, run: ([text]) => text ?? status('PONG') },
  info: {
    arity: -1,
    run: () => '# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n# Persistence\r\nloading:0\r\n',
  },
  client: {
    arity: -2,
    run: ([sub = '']) =>
      /^setname$/i.test(sub) ? OK : error(`ERR unknown subcommand '${sub}'. Try CLIENT HELP.`),
  },
  time: {
    arity: 1,
    run: (_, keys) => [
      String(Math.floor(keys.now() / 1_000)),
      String(Math.floor(keys.now() % 1_000) * 1_000),
    ],
  },
  exists: { arity: -2, run: (names, keys) => names.filter((key) => keys.get(key) !== undefined).length },
  del: { arity: -2, run: (names, keys) => names.filter((key) => keys.delete(key)).length },
  unlink: { arity: -2, run: (names, keys) => names.filter((key) => keys.delete(key)).length },
  get: { arity: 2, run: ([key = ''], keys) => text(keys, key) },
  mget: { arity: -2, run: (names, keys) => names.map((key) => asText(keys, key)) },
  getdel: { arity: 2, run: ([key = ''], keys) => getAndDelete(keys, key) },
  set: { arity: -3, run: set },
  pttl: { arity: 2, run: ([key = ''], keys) => keys.ttl(key) },
  persist: { arity: 2, run: ([key = ''], keys) => Number(keys.persist(key)) },
  pexpire: { arity: -3, run: pexpire },
  type: { arity: 2, run: ([key = ''], keys) => status(typeOf(keys, key)) },
  zadd: { arity: -4, run: zadd },
  zrem: { arity: -3, run: zrem },
  zscore: { arity: 3, run: ([key = '', member = ''], keys) => zscore(keys, key, member) },
  zcard: { arity: 2, run: ([key = ''], keys) => sortedSet(keys, key)?.size ?? 0 },
  zrange: { arity: -4, run: zrange },
  scan: { arity: -2, run: scan },
};

/** Runs a command by its name as it was sent; errors have the server's own words. */
export function runCommand(word: string, args: string[], keys: Keyspace): RespReply {
  const name = word.toLowerCase();
  const spec = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!spec) {
    const beginning = args
      .map((arg) => `'${arg}' `)
      .join('')
      .slice(0, 128);
    return error(`ERR unknown command '${word}', with args beginning with: ${beginning}`);
  }
  const count = args.length + 1;
  if (spec.arity >= 0 ? count !== spec.arity : count < -spec.arity) return wrongNumber(name);
  try {
    return spec.run(args, keys);
  } catch (reason) {
    if (reason instanceof WrongType) return error(reason.message);
    throw reason;
  }
}

/** The error reply for too few or too many arguments. */
export function wrongNumber(name: string): RespReply {
  return error(`ERR wrong number of arguments for '${name}' command`);
}

function set([key = '', value = '', ...options]: string[], keys: Keyspace): RespReply {
  const [only = ''] = options;
  if (options.length === 1 && only.toUpperCase() === 'KEEPTTL') {
    const left = keys.ttl(key);
    keys.set(key, value, left > 0 ? left : undefined);
    return OK;
  }
  const returns = options.at(-1)?.toUpperCase() === 'GET';
  if (returns) options.pop();
  let ttlMs: number | undefined;
  for (let at = 0; at < options.length; at += 2) {
    if (options[at]?.toUpperCase() !== 'PX' || at + 1 === options.length) return SYNTAX;
    ttlMs = integer(options[at + 1]);
    if (ttlMs === undefined) return NOT_INTEGER;
    if (ttlMs <= 0) return error("ERR invalid expire time in 'set' command");
  }
  const before = returns ? text(keys, key) : OK;
  keys.set(key, value, ttlMs);
  return before;
}

function pexpire([key = '', ms, ...options]: string[], keys: Keyspace): RespReply {
  const ttlMs = integer(ms);
  if (ttlMs === undefined) return NOT_INTEGER;
  if (options.length > 0) return error(`ERR Unsupported option ${options[0]}`);
  return ttlMs > 0 ? Number(keys.expire(key, ttlMs)) : Number(keys.delete(key));
}

function zadd([key = '', ...rest]: string[], keys: Keyspace): RespReply {
  const onlyNew = rest[0]?.toUpperCase() === 'NX';
  const pairs = onlyNew ? rest.slice(1) : rest;
  if (pairs.length === 0 || pairs.length % 2 !== 0) return SYNTAX;
  const scores = pairs.filter((_, index) => index % 2 === 0).map(parseScore);
  if (scores.some((score) => score === undefined)) return error('ERR value is not a valid float');
  const members = sortedSet(keys, key) ?? new Map<string, number>();
  const before = members.size;
  scores.forEach((score, index) => {
    const member = pairs[index * 2 + 1] ?? '';
    if (score !== undefined && !(onlyNew && members.has(member))) members.set(member, score);
  });
  if (before === 0) keys.set(key, members);
  return members.size - before;
}

function zrem([key = '', ...names]: string[], keys: Keyspace): RespReply {
  const members = sortedSet(keys, key);
  const removed = names.filter((name) => members?.delete(name)).length;
  if (members?.size === 0) keys.delete(key);
  return removed;
}

function zscore(keys: Keyspace, key: string, member: string): RespReply {
  const score = sortedSet(keys, key)?.get(member);
  return score === undefined ? null : formatScore(score);
}

/** SCAN returns all keys in one page, as a server with few keys does. */
function scan([, ...options]: string[], keys: Keyspace): RespReply {
  const at = options.findIndex((option) => option.toUpperCase() === 'MATCH');
  const pattern = at === -1 ? '*' : (options[at + 1] ?? '*');
  if (!/^[^*?[\]\\]*\*?$/.test(pattern)) return error('ERR the fake only matches a prefix');
  const matches = (key: string) =>
    pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
  return ['0', keys.keys().filter(matches)];
}

function text(keys: Keyspace, key: string): string | null {
  const value = keys.get(key) ?? null;
  if (value !== null && typeof value !== 'string') throw new WrongType();
  return value;
}

/** The text at a key; MGET returns null for a key of another type. */
function asText(keys: Keyspace, key: string): string | null {
  const value = keys.get(key);
  return typeof value === 'string' ? value : null;
}

function getAndDelete(keys: Keyspace, key: string): string | null {
  const value = text(keys, key);
  keys.delete(key);
  return value;
}

function typeOf(keys: Keyspace, key: string): string {
  const value = keys.get(key);
  if (value === undefined) return 'none';
  return typeof value === 'string' ? 'string' : 'zset';
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,18}$/.test(text) ? Number(text) : undefined;
}
