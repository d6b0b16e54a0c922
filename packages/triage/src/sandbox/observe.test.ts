import { expect, test } from 'vitest';
import { usesProxies } from './observe.js';

test.each([
  ['20.19.0', { NODE_USE_ENV_PROXY: '1' }, false],
  ['22.20.0', { NODE_USE_ENV_PROXY: '1' }, false],
  ['22.21.0', { NODE_USE_ENV_PROXY: '1' }, true],
  ['24.4.0', { NODE_USE_ENV_PROXY: '1' }, false],
  ['24.5.0', { NODE_USE_ENV_PROXY: '1' }, true],
  ['24.5.0', { NODE_OPTIONS: '--use-env-proxy' }, true],
  ['26.1.0', {}, false],
])('Node %s with %j goes through the proxies: %s', (version, env, expected) => {
  expect(usesProxies(env, version)).toBe(expected);
});
