import { expect, test } from 'vitest';
import { columns } from './columns.js';
import { widthOf, wrapped } from './wrapped.js';

test('a text wraps beside its label', () => {
  expect(wrapped('   fix  ', 'check the user and the password of the server', 30)).toEqual([
    '   fix  check the user and the',
    '        password of the server',
  ]);
  expect(wrapped('   fix  ', 'check the user', Number.POSITIVE_INFINITY)).toEqual(['   fix  check the user']);
});

test('the last column of a table wraps, and a log is not a terminal', () => {
  const rows = [
    ['tests', 'skipped'],
    ['12', 'needs a server that nobody has started yet'],
  ];
  expect(columns(rows, 36)).toEqual([
    ' tests  skipped',
    '    12  needs a server that nobody',
    '        has started yet',
  ]);
  expect(columns(rows, widthOf({ isTTY: false, columns: 36 }))).toHaveLength(2);
});
