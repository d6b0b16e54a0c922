import { resolve } from 'node:path';
import type { Attempt, Protocol, Remedy } from '../types.cjs';

const WHAT: Record<Protocol, string> = {
  tcp: 'a TCP connection to',
  tls: 'a TLS connection to',
  udp: 'a UDP packet to',
  dns: 'a DNS question for',
  unix: 'the Unix socket',
  listen: 'listening on',
  child: 'starting the program',
  worker: 'a worker thread without the guard:',
  inspector: "the debugger's port",
  binding: "Node's internal binding",
  addon: 'loading native code from',
  tamper: 'replacing a patch of the guard:',
};

const MOCK: Record<Protocol, string> = {
  tcp: 'answer HTTP with nock, msw or MockAgent; hand other clients a fake stream',
  tls: 'answer HTTP with nock, msw or MockAgent; hand other clients a fake stream',
  udp: 'hand the code a fake socket',
  dns: 'hand the code its own `lookup`, or mock the request above it',
  unix: 'put the socket into a temporary folder that the run makes, or hand the code a fake stream',
  listen: "call the server's request handler directly, or allow loopback servers",
  child: 'hand the code a fake runner, or list the program in `programs`',
  worker: 'import the work and call it in this thread',
  inspector: 'use an inspector.Session, which needs no port',
  binding: 'use the public API of Node',
  addon: 'install the addon as a package, or list its path in `programs`',
  tamper: 'leave the patch alone; use withPolicy to allow what a test needs',
};

/** An address as people write it. */
export function endpoint(attempt: Pick<Attempt, 'host' | 'port'>): string {
  if (attempt.port === undefined) return attempt.host;
  return attempt.host.includes(':') ? `[${attempt.host}]:${attempt.port}` : `${attempt.host}:${attempt.port}`;
}

/** The remedies that a message names where the `describe` option gives none. */
export function defaultRemedy(attempt: Attempt): Remedy {
  const mock = MOCK[attempt.protocol];
  if (attempt.protocol === 'tamper' || attempt.protocol === 'worker' || attempt.protocol === 'binding')
    return { mock };
  if (attempt.protocol === 'listen' || attempt.protocol === 'inspector')
    return { mock, allow: 'DRYDOCK_GUARD_LOOPBACK=1, or `loopbackServers: true`' };
  if (attempt.protocol === 'child' || attempt.protocol === 'addon')
    return { mock, allow: `DRYDOCK_GUARD_PROGRAMS=${attempt.host}, or \`programs: ['${attempt.host}']\`` };
  if (attempt.protocol === 'unix')
    return {
      mock,
      allow: [
        ...(attempt.api === 'listen' ? [] : [`DRYDOCK_GUARD_ALLOW=${socketRule(attempt)}`]),
        'DRYDOCK_GUARD_TEMP=<folder>, or `tempDirs`',
      ].join(', or '),
    };
  const rule = endpoint(attempt);
  return { mock, allow: `DRYDOCK_GUARD_ALLOW=${rule}, or \`allow: ['${rule}']\`` };
}

/** The rule that allows a Unix socket by its name. */
export function socketRule({ host }: Pick<Attempt, 'host'>): string {
  return `unix:${host.startsWith('@') ? host : resolve(host)}`;
}

/** The message for an attempt: what was refused, from which line and test, and what can be done. */
export function formatAttempt(attempt: Attempt, remedy: Remedy = {}): string {
  const words = { ...defaultRemedy(attempt), ...remedy };
  const address = attempt.address && attempt.address !== attempt.host ? ` (${attempt.address})` : '';
  const lines: [string, string | undefined][] = [
    ['tried', `${attempt.api} at ${attempt.frame ?? 'an unknown place'}`],
    ['test', attempt.testName ?? attempt.test],
    ['file', attempt.file],
    ['why', attempt.reason],
    ['missing', words.missing],
    ['marker', words.marker],
    ['run with', [words.flag, words.target].filter(Boolean).join('   or   ') || undefined],
    ['allow', words.allow],
    ['mock', words.mock],
  ];
  return [
    `Network guard refused ${WHAT[attempt.protocol]} ${endpoint(attempt)}${address} (scope ${attempt.scope})`,
    ...lines.flatMap(([label, text]) => (text ? [`  ${label.padEnd(9)}${text}`] : [])),
  ].join('\n');
}
