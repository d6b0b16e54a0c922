import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const HEADER = "import { describe, expect, test } from 'vitest';\n";
const MIXED = `${HEADER}
test('plain', () => expect('plain').toMatchSnapshot());
describe('with a server', { tags: ['integration'] }, () => {
  test('stores', () => expect('stored').toMatchSnapshot());
});`;
/** Names a marker and carries none: the level has to import it to find out. */
const MENTIONS = `${HEADER}test('says', () => expect('integration').toMatchSnapshot());`;

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

function snapshotsOf(file: string): string[] {
  const path = join(project?.root ?? '', '__snapshots__', `${file}.snap`);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return [...text.matchAll(/exports\[`(.+) 1`\]/g)].map(([, name]) => name as string);
}

test('snapshots of tests that a level leaves out are neither obsolete nor removed', async () => {
  project = createFixtureProject({ 'mixed.test.ts': MIXED, 'mentions.test.ts': MENTIONS });
  await project.vitest(['--update'], { DRYDOCK_RUN: 'integration' });
  const strict = await project.vitest([], { DRYDOCK_LEVEL: 'integration', CI: '1' });
  expect(strict.stdout).not.toContain('obsolete');
  expect(strict).toMatchObject({ exitCode: 0, ledger: { totals: { passed: 1, failed: 0 } } });
  await project.vitest(['--update'], { DRYDOCK_LEVEL: 'integration' });
  expect(snapshotsOf('mixed.test.ts')).toEqual(['plain', 'with a server > stores']);
  expect(snapshotsOf('mentions.test.ts')).toEqual(['says']);
}, 60_000);
