import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRegistry } from '@drydock/workspace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRequest } from '../request/run-request.js';
import { checkRequirements } from './check-requirements.js';

const FILES = {
  'package.json': JSON.stringify({ name: 'x', drydock: { backend: 'mysql' } }),
  'src/a.test.ts': `import { describe, test } from 'vitest';
describe('sums', () => { test('adds', () => {}); });`,
  'src/b.test.ts': `import { test } from 'vitest'; test.each([1, 2])('keeps %i', () => {});`,
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'drydock-require-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterAll(() => rmSync(root, { recursive: true }));

function check(...require: string[]): Promise<void> {
  return checkRequirements({
    require,
    workspaceRoot: root,
    registry: createRegistry(),
  } as unknown as RunRequest);
}

it.each([
  'all',
  'slow,integration',
  'mysql',
  'src/a.test.ts',
  'src/a.test.ts::sums',
  'src/a.test.ts::sums::adds',
  'sums > adds',
  'src/b.test.ts::keeps 1',
  'keeps 1',
])('--require %s may be met', async (word) => {
  await expect(check(word)).resolves.toBeUndefined();
});

it.each([
  ['integraton', "Did you mean 'integration'?"],
  ['slow,mysq', "--require mysq: no marker, backend or test has this name. Did you mean 'mysql'?"],
  ['src/c.test.ts', "there is no such file. Did you mean 'src/a.test.ts'?"],
  ['src/a.test.ts::subtracts', 'npx --no-install drydock explain lists the tests.'],
  ['src/b.test.ts::keeep 1', 'no marker, backend or test has this name'],
  ['src/a.test.ts::ads', "Did you mean 'adds'?"],
])('--require %s is wrong usage', async (word, message) => {
  await expect(check(word)).rejects.toThrow(message);
});
