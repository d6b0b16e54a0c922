import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { whereDoI } from './where-do-i.js';

const table = (rows: string) =>
  `# Contributing\n\n## Where do I …\nText.\n\n| task | file | look for |\n|-|-|-|\n${rows}\n\n## Style\n`;
const found = async (rows: string, files: Record<string, string>) =>
  (await whereDoI.run(planted({ ...files, 'CONTRIBUTING.md': table(rows) }))).map(({ what }) => what);

it('finds a file that lacks what it is named for, or is not there', async () => {
  const rows = [
    '| add a level | [a.ts](packages/a.ts) | `LEVELS` |',
    '| add a rule | [a.ts](packages/a.ts) | `RULES` |',
    '| add a check | [b.ts](packages/b.ts) | `CHECKS` |',
  ].join('\n');
  expect(await found(rows, { 'packages/a.ts': 'export const LEVELS = []; const OLD_RULES = [];' })).toEqual([
    'to add a rule, look for RULES; packages/a.ts does not have it',
    'to add a check, look for CHECKS; packages/b.ts does not have it',
  ]);
});

it('reads the rows of CONTRIBUTING.md: at least ten tasks, each with another file', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../CONTRIBUTING.md'), 'utf8');
  const violations = (await whereDoI.run(planted({ 'CONTRIBUTING.md': text }))).map(({ what }) => what);
  const files = violations.map((what) => /; (\S+) does not/.exec(what)?.[1]);
  expect(new Set(files).size).toBe(files.length);
  expect(files.length).toBeGreaterThanOrEqual(10);
});
