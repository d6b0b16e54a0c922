import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engineAddresses, findEngine } from './engine.js';

test.each([
  ['unix:///run/docker.sock', { socketPath: '/run/docker.sock' }],
  ['npipe:////./pipe/docker_engine', { socketPath: '//./pipe/docker_engine' }],
  ['tcp://build1:1234', { host: 'build1', port: 1234, tls: false }],
  ['tcp://build1', { host: 'build1', port: 2375, tls: false }],
  ['https://build1', { host: 'build1', port: 2376, tls: true }],
])('DOCKER_HOST=%s', (value, address) => {
  expect(engineAddresses({ DOCKER_HOST: value })).toEqual([address]);
});

test('a TLS engine has a port of its own', () => {
  const env = { DOCKER_HOST: 'tcp://build1', DOCKER_TLS_VERIFY: '1' };
  expect(engineAddresses(env)).toEqual([{ host: 'build1', port: 2376, tls: true }]);
});

test.each(['ssh://build1', 'nonsense'])('DOCKER_HOST=%s cannot be used', async (value) => {
  await expect(findEngine(100, { DOCKER_HOST: value })).resolves.toEqual({
    usable: false,
    reason: 'DOCKER_HOST is of a kind that Testcontainers cannot use',
  });
});

test('a socket that is not there costs no time', async () => {
  const began = performance.now();
  const env = { DOCKER_HOST: `unix://${join(import.meta.dirname, 'missing.sock')}` };
  await expect(findEngine(5_000, env)).resolves.toEqual({
    usable: false,
    reason: 'no Docker at DOCKER_HOST',
  });
  expect(performance.now() - began).toBeLessThan(1_000);
});
