import { describe, expect, test } from 'vitest';
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
    remedy: expect.stringContaining('tests that need none'),
  });
});

test('a proxy on loopback is the way out of a namespace without another', async ({ skip }) => {
  if (!(await works(LOOPBACK_UP))) skip('unshare cannot make one here');
  const env = { HTTPS_PROXY: 'http://localhost:3128' };
  await expect(sandboxIn(LOOPBACK_UP, env)).resolves.toMatchObject({ kind: 'proxy-only' });
});

describe('an interface that swallows every packet', () => {
  const SWALLOWING = [
    'unshare',
    '-rn',
    'sh',
    '-c',
    'ip link add v0 type veth peer name v1 && ip address add 10.9.0.1/24 dev v0 && ip link set v1 up && ip link set v0 up arp off && ip link set lo up && ip route add default via 10.9.0.2 && exec "$0" "$@"',
  ];
  const stepMs = 500;

  test('a server behind it is out of reach after the time of one step, by routing', async ({ skip }) => {
    if (!(await works(SWALLOWING))) skip('no such interface can be made here');
    const target = { name: 'redis', kind: 'service', host: '10.9.0.7', port: 6379 } as const;
    const { sandbox, endpoints } = await preflightUnguarded([target], { wrapper: SWALLOWING, stepMs });
    expect(sandbox.kind).toBe('none');
    expect(endpoints[0]?.findings).toMatchObject([{ step: 'tcp', ok: false, code: 'ETIMEDOUT' }]);
  });

  test.for([
    [{ PIP_INDEX_URL: 'http://mirror/simple' }, 'mirror-only'],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, 'proxy-only'],
  ] as const)('public names that do not resolve, beside %j, say %s', async ([env, kind], { skip }) => {
    if (!(await works(SWALLOWING))) skip('no such interface can be made here');
    const target = { name: 'groq', kind: 'provider', host: 'api.groq.example', port: 443 } as const;
    const { sandbox } = await preflightUnguarded([target], { wrapper: SWALLOWING, env, stepMs });
    expect(sandbox.kind).toBe(kind);
  });
});

async function sandboxIn(wrapper: readonly string[], env: Record<string, string> = {}) {
  return (await preflightUnguarded([], { wrapper, env })).sandbox;
}
