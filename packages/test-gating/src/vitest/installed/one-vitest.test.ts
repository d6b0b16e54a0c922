import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { requireOneVitest } from './one-vitest.js';

const root = mkdtempSync(join(tmpdir(), 'drydock-vitest-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('one copy is right also by a link, and another one is wrong usage that names both', () => {
  const link = join(root, 'dist');
  symlinkSync(import.meta.dirname, link, 'junction');
  expect(() => requireOneVitest(link, import.meta.dirname)).not.toThrow();
  expect(() => requireOneVitest(root, import.meta.dirname)).toThrow(/Two copies of Vitest .*npm dedupe/);
});
