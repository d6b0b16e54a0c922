import { expect, test } from 'vitest';
import { cleanEnvironment } from './clean-environment.js';

test.each([
  ['--require /a/guard.cjs', undefined],
  ['-r ./mock.js --dns-result-order=ipv4first', '--dns-result-order=ipv4first'],
  ['--import=./mock.mjs --use-openssl-ca', '--use-openssl-ca'],
  ['--require "/a folder/guard.cjs" --max-old-space-size=512', '--max-old-space-size=512'],
  ['--experimental-loader file:///x.mjs --loader ./y.mjs', undefined],
  ['--inspect --tls-min-v1.3', '--tls-min-v1.3'],
  ['--inspect-brk=127.0.0.1:0', undefined],
])('NODE_OPTIONS %s loses what loads code', (given, left) => {
  expect(cleanEnvironment({ NODE_OPTIONS: given }).NODE_OPTIONS).toBe(left);
});

test('settings of the user stay, those of the harness and of test runners go', () => {
  const env = cleanEnvironment({
    REDIS_URL: 'redis://db1',
    HTTPS_PROXY: 'http://proxy',
    NODE_EXTRA_CA_CERTS: '/ca.pem',
    DRYDOCK_GUARD_INHERIT: '{}',
    VITEST_WORKER_ID: '1',
    NX_TASK_HASH: 'x',
  });
  expect(Object.keys(env).sort()).toEqual(['HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS', 'REDIS_URL']);
});
