import { expect, test } from 'vitest';
import { preflightUnguarded, works } from '../preflight/unguarded.fixture.js';

const DENIED = [
  'firejail',
  '--quiet',
  '--noprofile',
  '--seccomp=socket,connect,bind,listen,accept,accept4,sendto,getpeername,getsockname',
  '--seccomp-error-action=EPERM',
];
const LOOPBACK_UP = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'];

test.for<[string, string[], string]>([
  ['seccomp that denies sockets, as agents’ sandboxes do', DENIED, 'seccomp'],
  ['Unix sockets alone', ['firejail', '--quiet', '--noprofile', '--protocol=unix'], 'seccomp'],
  ['an empty network namespace', ['unshare', '-rn'], 'empty-network-namespace'],
  ['a network namespace with loopback alone', LOOPBACK_UP, 'empty-network-namespace'],
])('%s', async ([, wrapper, kind], { skip }) => {
  if (!(await works(wrapper))) skip(`${wrapper[0]} cannot make it here`);
  await expect(sandboxIn(wrapper)).resolves.toMatchObject({
    kind,
    remedy: expect.stringContaining('npm test'),
  });
});

test('a proxy on loopback is the way out of a namespace without another', async ({ skip }) => {
  if (!(await works(LOOPBACK_UP))) skip('unshare cannot make one here');
  const env = { HTTPS_PROXY: 'http://localhost:3128' };
  await expect(sandboxIn(LOOPBACK_UP, env)).resolves.toMatchObject({ kind: 'proxy-only' });
});

async function sandboxIn(wrapper: readonly string[], env: Record<string, string> = {}) {
  return (await preflightUnguarded([], { wrapper, env })).sandbox;
}
