import { createRegistry } from '@drydock/workspace';
import { describe, expect, test } from 'vitest';
import type { LedgerTest } from '../../ledger/schema.js';
import { ledgerWith } from '../../testing/ledger.fixture.js';
import { unmetRequirements } from './requirements.js';
import { unmetSelection } from './run-selection.js';

const REGISTRY = createRegistry({ inNx: false });
const A = 'src/a.test.ts';
type Tests = Partial<LedgerTest>[];

describe('what was selected and did not run', () => {
  const unmet = (path: string, name: string | undefined, tests: Tests) =>
    unmetSelection({ select: [name === undefined ? { path } : { path, name }] }, ledgerWith(tests));

  test.each<[string, string, string | undefined, Tests, string[]]>([
    ['a file whose test passed', A, undefined, [{ file: A }], []],
    ['a file whose test failed', A, undefined, [{ file: A, status: 'failed' }], []],
    ['a file of which one test ran', A, undefined, [{ file: A, status: 'gated' }, { file: A }], []],
    [
      'a file that is written with ./',
      `./${A}`,
      undefined,
      [{ file: A, status: 'skipped' }, {}],
      [`${A} did not run: skipped.`],
    ],
    [
      'a gated file',
      A,
      undefined,
      [{ file: A, status: 'gated', reason: 'needs a grant' }],
      [`${A} did not run: gated, needs a grant.`],
    ],
    ['a file inside which ./ stands', 'src/./a', undefined, [{ file: 'src/a', status: 'gated' }], []],
    ['a folder of gated tests', 'src', undefined, [{ file: A, status: 'gated' }], []],
    ['a test that passed', A, 'one', [{ file: A, name: 'one' }], []],
    [
      'a suite of which one test ran',
      A,
      'suite',
      [
        { file: A, name: 'suite > one' },
        { file: A, name: 'suite > two', status: 'skipped' },
      ],
      [],
    ],
    [
      'a test that was skipped',
      A,
      'one',
      [{ file: A, name: 'one', status: 'skipped', reason: 'todo' }, { file: A }],
      [`${A}::one did not run: skipped, todo.`],
    ],
    [
      'a test that is nearly named',
      A,
      'ona',
      [{ file: A, name: 'suite > one' }],
      [`${A}::ona: no test of that name at this level. Did you mean 'one'?`],
    ],
    [
      'a test of another file',
      A,
      'one',
      [{ file: 'src/b.test.ts', name: 'one' }],
      [`${A}::one: no test of that name at this level. npx --no-install drydock explain lists the tests.`],
    ],
    [
      'a gated row of a table',
      A,
      'row 1',
      [{ file: A, name: 'row %i', markers: ['slow'], status: 'gated' }],
      [`${A}::row 1 did not run: gated.`],
    ],
    [
      'a row of a table that is not gated',
      A,
      'row 1',
      [{ file: A, name: 'row %i', status: 'skipped' }],
      [`${A}::row 1: no test of that name at this level. Did you mean 'row %i'?`],
    ],
    [
      'a gated test of another name',
      A,
      'row 1',
      [{ file: A, name: 'quite another', markers: ['slow'], status: 'gated' }],
      [`${A}::row 1: no test of that name at this level. npx --no-install drydock explain lists the tests.`],
    ],
  ])('%s', (_, path, name, tests, expected) => {
    expect(unmet(path, name, tests)).toEqual(expected);
  });

  const NO_NAME = '-t one: no test of such a name ran.';
  const NO_MATCH = '-m "slow": no test matches.';
  test.each<[Tests, { name?: string; expression?: string }, string[]]>([
    [[], {}, []],
    [[], { name: 'one' }, [NO_NAME]],
    [[{ status: 'skipped' }], { name: 'one' }, [NO_NAME]],
    [[{}], { name: 'one' }, []],
    [[{ status: 'failed' }], { name: 'one' }, []],
    [[{ status: 'gated' }], { name: 'one' }, []],
    [[{ status: 'unavailable' }], { expression: 'slow' }, []],
    [[{ status: 'skipped' }], { expression: 'slow' }, [NO_MATCH]],
    [[], { name: 'one', expression: 'slow' }, [NO_NAME]],
  ])('a filter that leaves %j: %j', (tests, filter, expected) => {
    expect(unmetSelection({ select: [], ...filter }, ledgerWith(tests))).toEqual(expected);
  });

  test('a missing test is told before a filter', () => {
    const asked = { select: [{ path: A, name: 'one' }], expression: 'slow' };
    expect(unmetSelection(asked, ledgerWith([]))).toEqual([expect.stringContaining(`${A}::one`)]);
  });
});

describe('what was required and did not run', () => {
  const up = { backend: 'redis', status: 'available' } as const;
  const away = { backend: 'redis', status: 'unavailable', reason: 'no program' } as const;
  const unmet = (words: string[], tests: Tests, rest = {}) =>
    unmetRequirements(words, ledgerWith(tests, rest), REGISTRY);
  const slow: Tests[number] = { markers: ['slow'] };

  test.each<[string, string[], Tests, object, string[]]>([
    ['a marker whose test ran', ['slow'], [slow], {}, []],
    ['a marker whose test failed', ['slow'], [{ ...slow, status: 'failed' }], {}, []],
    ['a marker without a test', ['slow'], [{}], {}, ['--require slow: none of its tests ran']],
    [
      'a marker whose tests are gated',
      ['slow'],
      [{}, { ...slow, status: 'gated' }],
      {},
      ['--require slow: none of its tests ran'],
    ],
    [
      'a test that a selection left out',
      ['slow'],
      [slow, { ...slow, status: 'skipped', reason: 'not selected' }],
      {},
      [],
    ],
    [
      'a skipped test',
      ['slow'],
      [slow, { ...slow, id: 'x', status: 'skipped', reason: 'todo' }],
      {},
      ['--require slow: x was skipped (todo)'],
    ],
    [
      'an unavailable test',
      ['slow'],
      [slow, { ...slow, id: 'x', status: 'unavailable' }],
      {},
      ['--require slow: x was unavailable (no reason given)'],
    ],
    [
      'an unavailable test that no selection excuses',
      ['slow'],
      [slow, { ...slow, id: 'x', status: 'unavailable', reason: 'not selected' }],
      {},
      ['--require slow: x was unavailable (not selected)'],
    ],
    ['a backend whose test ran', ['redis'], [{ backend: 'redis' }], { services: [up] }, []],
    [
      'a backend whose tests are others',
      ['redis'],
      [{ backend: 'postgres' }],
      { services: [up] },
      ['--require redis: none of its tests ran'],
    ],
    [
      'a backend that is away',
      ['redis'],
      [{ backend: 'redis' }],
      { services: [away] },
      ['--require redis: unavailable (no program)'],
    ],
    ['a backend that is away beside another', ['slow'], [slow], { services: [away] }, []],
    [
      'several words in one',
      ['slow,redis'],
      [{}],
      { services: [up] },
      ['--require slow: none of its tests ran', '--require redis: none of its tests ran'],
    ],
    [
      'all',
      ['all', 'slow'],
      [{}],
      { services: [up], granted: ['slow'] },
      ['--require slow: none of its tests ran', '--require redis: none of its tests ran'],
    ],
    ['a test by its name', ['one'], [{ name: 'one' }], {}, []],
    ['a test by its id', [`${A}::one`], [{ file: A, name: 'one' }], {}, []],
    ['a file', [A], [{ file: A, status: 'gated' }], {}, [`--require ${A}: none of its tests ran`]],
    [
      'a misspelt word',
      ['slwo'],
      [{}],
      {},
      ["--require slwo: nothing of that name ran. Did you mean 'slow'?"],
    ],
    [
      'a misspelt backend',
      ['rediss'],
      [{}],
      { services: [up] },
      ["--require rediss: nothing of that name ran. Did you mean 'redis'?"],
    ],
    ['an unknown word', ['quite-another'], [{}], {}, ['--require quite-another: nothing of that name ran']],
  ])('%s', (_, words, tests, rest, expected) => {
    expect(unmet(words, tests, rest)).toEqual(expected);
  });
});
