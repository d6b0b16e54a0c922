import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '../../..');
const FOLDERS = ['recipes/github', '.github/workflows'];
const WORKFLOWS = FOLDERS.flatMap((folder) =>
  readdirSync(join(REPOSITORY, folder)).map((name) => join(folder, name)),
);
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const triggersOf = (text: string) => text.slice(text.indexOf('\non:'), text.indexOf('\npermissions:'));

it('the first recipe is what drydock init writes', () => {
  expect(read('recipes/github/pull-request.yml')).toBe(read('packages/test-gating/assets/init/workflow.yml'));
});

it.each(WORKFLOWS)('%s names each action by digest and version, and reads by default', (path) => {
  const uses = read(path).match(/uses: .*/g) ?? [];
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  expect(read(path)).toMatch(/^permissions:\n {2}contents: read$/m);
});

it.each(WORKFLOWS)('%s gives no secret to the code of a pull request', (path) => {
  const text = read(path);
  expect(text).not.toContain('pull_request_target');
  if (triggersOf(text).includes('pull_request')) expect(text).not.toContain('secrets.');
});
