import { expect, test } from 'vitest';
import { concludeSandbox } from './conclude.js';
import { readHints } from './hints.js';
import type { Observations } from './report.js';

/** A machine with a network, except for what a test is about. */
function seen(part: Partial<Observations> = {}): Observations {
  return {
    at: '2026-01-01T00:00:00.000Z',
    loopback: 'ok',
    listen: 'ok',
    routes: { ipv4: 'ok', ipv6: 'ENETUNREACH' },
    seccomp: 0,
    interfaces: ['eth0'],
    nameservers: 1,
    proxies: [],
    localProxy: false,
    nodeUsesProxies: false,
    mirrors: [],
    hints: [],
    ...part,
  };
}

const CUT_OFF = { ipv4: 'ENETUNREACH', ipv6: 'ENETUNREACH' };
const UNRESOLVED = { asked: 2, codes: ['ENOTFOUND', 'ENOTFOUND'] };

test.each<[string, Partial<Observations>, typeof UNRESOLVED | undefined, string]>([
  ['a machine with a network', {}, undefined, 'none'],
  ['a container whose filter lets sockets through', { seccomp: 2 }, undefined, 'none'],
  ['a filter that denies sockets', { loopback: 'EPERM', seccomp: 2, routes: CUT_OFF }, undefined, 'seccomp'],
  ['a filter on families', { loopback: 'ENOTSUP', seccomp: 2 }, undefined, 'seccomp'],
  ['a policy without a filter', { loopback: 'EPERM', seccomp: 0 }, undefined, 'denied-sockets'],
  ['another system than Linux', withoutLinux({ loopback: 'EPERM' }), undefined, 'denied-sockets'],
  [
    'loopback that is down',
    { loopback: 'ENETUNREACH', routes: CUT_OFF },
    undefined,
    'empty-network-namespace',
  ],
  ['loopback alone', { interfaces: [], routes: CUT_OFF }, undefined, 'empty-network-namespace'],
  [
    'loopback and a proxy on it',
    { interfaces: [], routes: CUT_OFF, proxies: ['HTTPS_PROXY'], localProxy: true },
    undefined,
    'proxy-only',
  ],
  [
    'a proxy on a loopback that is down',
    { loopback: 'ENETUNREACH', routes: CUT_OFF, proxies: ['HTTPS_PROXY'], localProxy: true },
    undefined,
    'empty-network-namespace',
  ],
  ['a proxy, and names that do not resolve', { proxies: ['HTTPS_PROXY'] }, UNRESOLVED, 'proxy-only'],
  ['a proxy on a machine with a network', { proxies: ['HTTPS_PROXY'] }, { asked: 2, codes: [] }, 'none'],
  ['interfaces without a route', { routes: CUT_OFF }, undefined, 'no-route'],
  [
    'a machine that is too busy to answer',
    { routes: { ipv4: 'ETIMEDOUT', ipv6: 'ENETUNREACH' } },
    undefined,
    'none',
  ],
  ['a mirror, and names that do not resolve', { mirrors: ['PIP_INDEX_URL'] }, UNRESOLVED, 'mirror-only'],
  ['a mirror on a machine with a network', { mirrors: ['PIP_INDEX_URL'] }, undefined, 'none'],
  ['names that do not resolve', {}, UNRESOLVED, 'no-dns'],
  ['one name of two that does not resolve', {}, { asked: 2, codes: ['ENOTFOUND'] }, 'none'],
  ['no name server', { nameservers: 0 }, undefined, 'no-dns'],
])('%s', (_, part, names, kind) => {
  const { remedy, evidence, ...report } = concludeSandbox(seen(part), names);
  expect(report.kind).toBe(kind);
  expect(evidence).not.toBe('');
  expect(remedy === undefined).toBe(kind === 'none');
});

test('the remedy is in the words of the agent that set a variable', () => {
  const hints = readHints({ CODEX_SANDBOX_NETWORK_DISABLED: '1', CODEX_CI: '1', CODEX_SANDBOX: '' });
  expect(hints).toEqual([{ agent: 'Codex', variable: 'CODEX_SANDBOX_NETWORK_DISABLED' }]);
  const { evidence, remedy } = concludeSandbox(seen({ loopback: 'EPERM', seccomp: 2, hints }));
  expect(evidence).toContain('CODEX_SANDBOX_NETWORK_DISABLED is set');
  expect(remedy).toContain('network_access');
});

test('an agent without any limit is not a sandbox', () => {
  expect(concludeSandbox(seen({ hints: readHints({ CLAUDECODE: '1' }) })).kind).toBe('none');
});

test('a proxy that Node does not use is named with the fix', () => {
  const part = { routes: CUT_OFF, proxies: ['HTTPS_PROXY'] };
  expect(concludeSandbox(seen(part)).remedy).toContain('NODE_USE_ENV_PROXY=1');
  expect(concludeSandbox(seen({ ...part, nodeUsesProxies: true })).remedy).toContain(
    'Ask for network access',
  );
});

test('listening that is denied is said where the way out is open', () => {
  expect(concludeSandbox(seen({ listen: 'EACCES' })).evidence).toContain('EACCES');
});

function withoutLinux(part: Partial<Observations>): Partial<Observations> {
  const { seccomp: _, interfaces: __, nameservers: ___, ...rest } = seen(part);
  return { ...rest, seccomp: undefined } as unknown as Partial<Observations>;
}

test('a sandbox in which Node loses what it prints says so', () => {
  const lost = concludeSandbox(seen({ loopback: 'EPERM', seccomp: 2, losesOutput: true }));
  expect(lost.evidence).toContain('a Node program without the guard loses what it prints into a pipe');
  expect(concludeSandbox(seen({ loopback: 'EPERM', seccomp: 2, losesOutput: false })).evidence).not.toContain(
    'loses',
  );
});
