import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../../testing/project.fixture.js';

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

const FILES = { 'a.test.js': "import { test } from 'vitest'; test('passes', () => {});" };
const stack = /^\s+at /m;

it('a checkout that cannot be written is one line and 2, before any test runs', async () => {
  project = createFixtureProject(FILES);
  writeFileSync(join(project.root, '.drydock'), '');
  const { exitCode, stderr, stdout } = await project.drydock(['run']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^drydock: Cannot read or write .*\.drydock \(E[A-Z]+\)\..*\n$/);
  expect(stdout).toBe('');
});

it('a plain run of Vitest whose ledger cannot be written is not green and says why last', async () => {
  project = createFixtureProject(FILES);
  writeFileSync(join(project.root, '.drydock'), '');
  const { exitCode, stdout, stderr } = await project.vitest();
  expect(exitCode).toBe(2);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^ Cannot read or write .*\.drydock.*\(E[A-Z]+\)\./);
  expect(stderr).not.toMatch(stack);
}, 30_000);

it('a TMPDIR that is not there is one line and 2, driven and plain', async () => {
  project = createFixtureProject(FILES);
  const env = { TMPDIR: join(project.root, 'gone') };
  const driven = await project.drydock(['run'], env);
  expect(driven.exitCode).toBe(2);
  expect(driven.stderr).toMatch(/^drydock: Cannot read or write .*gone \(ENOENT\)\..*TMPDIR.*\n$/);
  const plain = await project.vitest([], env);
  expect(plain.exitCode).toBe(2);
  expect(plain.stderr).toContain('Cannot read or write');
  expect(plain.stderr).not.toMatch(stack);
}, 30_000);
