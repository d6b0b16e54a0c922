import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changedTestFiles } from './git-base.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'drydock-base-'));
  writeFileSync(join(root, 'a.test.ts'), "test('one', f)");
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-qm', 'first'],
  ])
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd: root });
  writeFileSync(join(root, 'a.test.ts'), "test('two', f)");
});
afterAll(() => rmSync(root, { recursive: true }));

it('a changed file comes with its text at the revision', () => {
  expect(changedTestFiles(root, 'HEAD')).toEqual([{ file: 'a.test.ts', source: "test('one', f)" }]);
});

it.each(['--output=written', '-O', '--no-index', '', 'nowhere', 'HEAD..HEAD'])(
  "'%s' is not a revision, and git does nothing with it",
  (revision) => {
    expect(() => changedTestFiles(root, revision)).toThrow(`git does not know the revision '${revision}'`);
    expect(existsSync(join(root, 'written'))).toBe(false);
  },
);
