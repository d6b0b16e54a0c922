import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { historyFolder, LEDGER, runsFolder } from '@drydock/workspace';
import { afterEach, expect, it } from 'vitest';
import type { Ledger } from '../../ledger/schema.js';
import { readLedger } from '../../ledger/store.js';
import { createFixtureProject, type FixtureProject, type Outcome } from '../../testing/project.fixture.js';

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

/** A test that ends only once the other has begun. */
const meets = (own: string, other: string) => `import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
test('${own}', async () => {
  writeFileSync('${own}.txt', '');
  await expect.poll(() => existsSync('${other}.txt'), { timeout: 25_000, interval: 50 }).toBe(true);
}, 30_000);`;

const namesIn = ({ tests }: Ledger) => tests.map(({ name }) => name);
const printed = ({ stdout }: Outcome) => namesIn(JSON.parse(stdout) as Ledger);

it('two runs at once keep their ledgers, their records and their own verdicts', async () => {
  const { root, drydock } = fixture({
    'one.test.js': meets('one', 'two'),
    'two.test.js': meets('two', 'one'),
  });
  const runs = await Promise.all(['one', 'two'].map((name) => drydock(['run', `${name}.test.js`, '--json'])));
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(runs.map(printed)).toEqual([['one'], ['two']]);
  const kept = readdirSync(runsFolder(root)).map((run) => readLedger(join(runsFolder(root), run, LEDGER)));
  expect(kept.flatMap(namesIn).sort()).toEqual(['one', 'two']);
  expect(readdirSync(historyFolder(root)).filter((name) => name.endsWith('.gz'))).toHaveLength(2);
});

it('the folders of five runs are kept, and that of a run that still goes on', async () => {
  const { root, drydock } = fixture({ 'a.test.js': `import { test } from 'vitest'; test('a', () => {});` });
  const running = `20200101000000000-${process.pid}`;
  for (const name of [running, ...[1, 2, 3, 4, 5, 6].map((day) => `2020010${day}000000001-999999999`)])
    mkdirSync(join(runsFolder(root), name), { recursive: true });
  expect((await drydock(['run'])).exitCode).toBe(0);
  const kept = readdirSync(runsFolder(root));
  expect(kept).toHaveLength(6);
  expect(kept).toContain(running);
});

it('a run that breaks off leaves no verdict of an earlier one', async () => {
  const { root, write, drydock } = fixture({
    'a.test.js': `import { test } from 'vitest'; test('a', () => {});`,
  });
  expect((await drydock(['run'])).exitCode).toBe(0);
  write('vitest.config.ts', 'throw new Error("broken");');
  rmSync(join(root, 'ran.log'), { force: true });
  expect((await drydock(['run'])).exitCode).not.toBe(0);
  expect(readdirSync(join(root, '.drydock'))).not.toContain(LEDGER);
});

function fixture(files: Record<string, string>): FixtureProject {
  project = createFixtureProject(files);
  return project;
}
