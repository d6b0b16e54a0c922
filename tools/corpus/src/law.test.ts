import { expect, test } from 'vitest';
import type { CorpusProject } from './corpus-project.fixture.js';
import { breaches, type PlainRun } from './law.js';
import { PROJECTS } from './projects/index.fixture.js';
import { recordingOf } from './recording.js';

const project: CorpusProject = { name: 'one', witnesses: 'one kind', files: {}, prints: ['boom'] };
const failed: PlainRun = { code: 1, failed: ['a'] };
const run = (code: number, names: string[], output: string) => ({ code, failed: names, output });

test.each([
  ['keeps the code, the failed test and the error', run(1, ['a'], 'boom'), []],
  [
    'turns red to green',
    run(0, ['a'], 'boom'),
    ['plain Vitest ends with 1, this run with 0', 'ends with 0 instead of 1'],
  ],
  ['excuses a defect', run(4, ['a'], 'boom'), ['a defect ends with 4', 'ends with 4 instead of 1']],
  ['loses a failed test', run(1, [], 'boom'), ['does not fail a']],
  ['loses an error', run(1, ['a'], ''), ['does not print boom']],
])('the law sees a run that %s', (_, result, expected) => {
  expect(breaches(project, failed, 'vitest', result)).toEqual(expected);
});

test('drydock run may have a code of its own', () => {
  const own = { ...project, prints: [], runCode: 3 };
  expect(breaches(own, failed, 'drydock', run(3, ['a'], ''))).toEqual([]);
  expect(breaches(own, failed, 'vitest', run(3, ['a'], ''))).toEqual(['ends with 3 instead of 1']);
});

test('every project has a name and a kind of its own, and is recorded', () => {
  const recorded = recordingOf('4.1.12');
  expect(new Set(PROJECTS.map(({ name }) => name)).size).toBe(PROJECTS.length);
  expect(new Set(PROJECTS.map(({ witnesses }) => witnesses)).size).toBe(PROJECTS.length);
  expect(PROJECTS.filter(({ name }) => !(name in recorded))).toEqual([]);
  expect(PROJECTS.length).toBeGreaterThanOrEqual(120);
});
