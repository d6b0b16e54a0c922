import { type CorpusProject, single } from '../corpus-project.fixture.js';

const HALF = 'export const one = () => 1;\nexport const two = () => {\n  return 2;\n};\n';
const TESTS_ONE = `import { one } from './half.js'; test('one', () => { expect(one()).toBe(1) })`;

function covered(name: string, witnesses: string, thresholds: string, body = TESTS_ONE): CorpusProject {
  return single(name, witnesses, body, {
    test: `coverage: { enabled: true, include: ['half.js'], thresholds: { ${thresholds} } }`,
    needs: '@vitest/coverage-v8',
    files: { 'half.js': HALF },
  });
}

/** Thresholds of coverage, which fail a run whose tests pass. */
export const coverage: readonly CorpusProject[] = [
  { ...covered('coverage-too-low', 'coverage below its threshold', 'functions: 100'), runCode: 3 },
  covered('coverage-enough', 'coverage above its threshold', 'functions: 50'),
  {
    ...covered('coverage-per-file', 'one file below the threshold', 'perFile: true, functions: 90'),
    runCode: 3,
  },
  covered(
    'coverage-beside-a-failure',
    'coverage beside a failed test',
    'functions: 100',
    `${TESTS_ONE}; test('fails', () => { throw new Error('beside-coverage') })`,
  ),
];
