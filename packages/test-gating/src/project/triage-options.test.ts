import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { classify, factsOf } from '@drydock/triage';
import { UsageError } from '@drydock/workspace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { triageOptionsOf } from './triage-options.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'triage-options-'));
  write('package.json', { name: 'app', dependencies: { store: '1' } });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a dependency says what its errors mean and where its settings are', () => {
  write('node_modules/store/package.json', {
    name: 'store',
    drydock: { backend: 'mongodb', variables: { MONGODB_URL: { kind: 'url' } }, errors: { login: ['18'] } },
  });
  const error = factsOf({ name: 'Error', message: 'x', code: '18', backend: 'mongodb' });
  const verdict = classify({ errors: [error], complete: true }, triageOptionsOf({}, root));
  expect(verdict).toMatchObject({ class: 'environment', subclass: 'login' });
  expect(verdict.remedy).toContain('check MONGODB_URL;');
});

test('a package that says it wrongly is wrong usage, and read only when a failure asks', () => {
  write('node_modules/store/package.json', {
    name: 'store',
    drydock: { backend: 'mongodb', errors: { logn: ['18'] } },
  });
  const options = triageOptionsOf({}, root);
  expect(() => options.origins).toThrow(UsageError);
  expect(() => options.origins).toThrow(/mongodb.*'logn'.*drydock\.errors/);
});

function write(path: string, content: object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(content));
}
