import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultCacheDir } from './cache-dir.js';

test.each([
  ['linux', {}, join('/home/me', '.cache', 'drydock')],
  ['linux', { XDG_CACHE_HOME: '/var/xdg' }, join('/var/xdg', 'drydock')],
  ['linux', { XDG_CACHE_HOME: '' }, join('/home/me', '.cache', 'drydock')],
  ['darwin', { XDG_CACHE_HOME: '/var/xdg' }, join('/home/me', 'Library', 'Caches', 'drydock')],
  ['win32', { LOCALAPPDATA: 'C:/Local' }, join('C:/Local', 'drydock', 'Cache')],
  ['win32', {}, join('/home/me', 'AppData', 'Local', 'drydock', 'Cache')],
  ['linux', { DRYDOCK_CACHE_DIR: '/mine', XDG_CACHE_HOME: '/var/xdg' }, '/mine'],
] as const)('on %s with %j it is %s', (platform, env, folder) => {
  expect(defaultCacheDir(env, platform, '/home/me')).toBe(folder);
});
