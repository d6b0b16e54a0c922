import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { completeLock, type LockFile, lockPlatforms } from './lock-platforms.js';

const LOCK: LockFile = {
  packages: {
    '': {},
    'node_modules/tool': {
      version: '2.0.0',
      optionalDependencies: {
        '@tool/linux-x64-musl': '2.0.0',
        '@tool/win32-x64': '2.0.0',
        '@tool/darwin-arm64': '2.0.0',
      },
    },
    'node_modules/tool/node_modules/@tool/win32-x64': { version: '2.0.0' },
    'node_modules/other': { version: '1.0.0', optionalDependencies: { 'not-native': '^1.0.0' } },
  },
};

it('finds native packages that a mirror did not have, and completes the lock file', async () => {
  const check = async (lock: LockFile) => lockPlatforms.run(planted({ 'package-lock.json': lock }));
  expect((await check(LOCK)).map(({ what }) => what.split(';')[0])).toEqual([
    'lacks @tool/linux-x64-musl',
    'lacks @tool/darwin-arm64',
  ]);
  const completed = completeLock(LOCK);
  expect(await check(completed)).toEqual([]);
  expect(completed.packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '2.0.0',
    cpu: ['x64'],
    libc: ['musl'],
    os: ['linux'],
    optional: true,
  });
});
