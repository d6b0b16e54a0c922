import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Judged } from './judge-faults.js';
import { rowsIn, withTable } from './triage-table.js';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/guide/triage.md'), 'utf8');
const row = (more: Partial<Judged>): Judged => ({
  subject: 'Redis',
  name: 'a | b',
  expected: 'environment / login',
  own: 'environment / login',
  json: 'environment / login',
  junit: 'not enough evidence',
  evidence: '',
  ...more,
});

test('what is written between the markers is read back', () => {
  const page = withTable(
    'before\n<!-- faults: begin -->\nold\n<!-- faults: end -->\nafter\n',
    [row({})],
    ['redis 7'],
  );
  expect(rowsIn(page)).toEqual([['Redis', 'a \\| b', 'environment / login', 'same', 'not enough evidence']]);
  expect(page).toMatch(/^before\n[\s\S]*\nafter\n$/);
  expect(page).not.toContain('old');
});

test('a page without markers is refused', () => {
  expect(() => withTable('nothing here', [], [])).toThrow('lacks its markers');
});

test('the guide shows 60 faults or more, none wrong, and excuses no planted defect', () => {
  const rows = rowsIn(PAGE);
  expect(rows.length).toBeGreaterThanOrEqual(60);
  expect(PAGE).toMatch(/\d+ classified right, 0 wrong/);
  const planted = rows.filter(([subject = '', name = '']) => /planted/.test(`${subject} ${name}`));
  expect(planted.length).toBeGreaterThan(15);
  expect(planted.filter(([, , its = '']) => its.startsWith('environment'))).toEqual([]);
});
