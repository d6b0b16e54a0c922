import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Published by somebody else to steal credentials: https://github.com/advisories/GHSA-jgg6-4rpr-wfh7 */
const MALWARE = ['2.2.2', '2.2.3', '2.2.4'];
const SDK = '@mistralai/mistralai';

function read(path: string) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

test('the SDK is pinned, so that no other version comes by itself', () => {
  const { dependencies } = read('../package.json');
  expect(dependencies[SDK]).toMatch(/^\d+\.\d+\.\d+$/);
  expect(MALWARE).not.toContain(dependencies[SDK]);
});

test('no version that was malware is anywhere in the lock file', () => {
  const packages = Object.entries<{ version?: string }>(read('../../../../package-lock.json').packages);
  const locked = packages
    .filter(([path]) => path.endsWith(`node_modules/${SDK}`))
    .map(([, { version }]) => version);
  expect(locked).toContain(read('../package.json').dependencies[SDK]);
  for (const version of locked) expect(MALWARE).not.toContain(version);
});
