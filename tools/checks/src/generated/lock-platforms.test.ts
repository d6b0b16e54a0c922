import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import type { LockFile } from './lock-file.js';
import { completeLock, lockPlatforms } from './lock-platforms.js';
import { addIntegrity } from './locked-integrity.js';

const LOCK: LockFile = {
  packages: {
    '': {},
    'packages/own': { version: '1.0.0' },
    'node_modules/own': { link: true },
    'node_modules/tool': {
      version: '2.0.0',
      integrity: 'sha512-tool',
      optionalDependencies: {
        '@tool/linux-x64-musl': '2.0.0',
        '@tool/win32-x64': '2.0.0',
        '@tool/darwin-arm64': '2.0.0',
      },
    },
    'node_modules/tool/node_modules/@tool/win32-x64': { version: '2.0.0', integrity: 'sha512-win32' },
    'node_modules/other': {
      version: '1.0.0',
      integrity: 'sha512-other',
      optionalDependencies: { 'not-native': '^1.0.0' },
    },
  },
};

it('finds native packages that a mirror did not have, and completes the lock file', async () => {
  const check = async (lock: LockFile) => lockPlatforms.run(planted({ 'package-lock.json': lock }));
  expect((await check(LOCK)).map(({ what }) => what.split(';')[0])).toEqual([
    'lacks @tool/linux-x64-musl',
    'lacks @tool/darwin-arm64',
  ]);
  const completed = completeLock(LOCK);
  expect((await check(completed)).map(({ what }) => what.split(';')[0])).toEqual([
    'node_modules/@tool/darwin-arm64 has no integrity',
    'node_modules/@tool/linux-x64-musl has no integrity',
  ]);
  expect(completed.packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '2.0.0',
    cpu: ['x64'],
    libc: ['musl'],
    os: ['linux'],
    optional: true,
  });
});

it('adds the checksums that npm knows, where npm writes them', async () => {
  const lock = addIntegrity(completeLock(LOCK), (spec) => `sha512-${spec}`);
  expect(await lockPlatforms.run(planted({ 'package-lock.json': lock }))).toEqual([]);
  expect(JSON.stringify(lock.packages['node_modules/@tool/darwin-arm64'])).toMatch(
    '{"version":"2.0.0","integrity":"sha512-@tool/darwin-arm64@2.0.0","cpu":',
  );
  expect(lock.packages['packages/own']).toEqual({ version: '1.0.0' });
});
