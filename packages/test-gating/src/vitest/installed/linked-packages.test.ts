import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { linkedPackages } from './linked-packages.js';

test('the built files of a linked harness are left to Node, and its sources to Vite', () => {
  const patterns = linkedPackages();
  const isLeftToNode = (path: string) => patterns.some((pattern) => pattern.test(path));
  const built = ['@drydock/workspace', '@drydock/redaction', '@drydock/test-gating/vitest'].map((name) =>
    realpathSync(fileURLToPath(import.meta.resolve(name))),
  );
  expect(built.map(isLeftToNode)).toEqual([true, true, true]);
  expect(isLeftToNode(import.meta.filename)).toBe(false);
  expect(isLeftToNode(`/elsewhere${built[0]}`)).toBe(false);
});
