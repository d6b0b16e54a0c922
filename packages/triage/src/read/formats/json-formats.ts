import type { ReportFormat } from '../report.js';
import { fieldIn, listIn, type RawProblem, type RawTest, textIn } from './raw-test.js';

/** A format of JSON, known by its content. */
interface JsonFormat {
  readonly format: ReportFormat;
  readonly isIt: (json: unknown) => boolean;
  readonly tests: (json: unknown) => RawTest[];
}

const problemsOf = (error: unknown): RawProblem[] => [
  {
    message: textIn(error, 'message'),
    type: textIn(error, 'name'),
    text: textIn(error, 'stack') ?? textIn(error, 'estack'),
  },
];

/** The formats in the order in which they are tried. */
export const JSON_FORMATS: readonly JsonFormat[] = [
  {
    format: 'playwright-json',
    isIt: (json) => Array.isArray(fieldIn(json, 'suites')) && fieldIn(json, 'config') !== undefined,
    tests: (json) => [
      ...listIn(json, 'suites').flatMap((suite) => playwrightTests(suite, [])),
      ...listIn(json, 'errors').map((error) => outside('', problemsOf(error))),
    ],
  },
  {
    format: 'ctrf',
    isIt: (json) => Array.isArray(fieldIn(fieldIn(json, 'results'), 'tests')),
    tests: (json) =>
      listIn(fieldIn(json, 'results'), 'tests').map((test) => ({
        file: textIn(test, 'filePath') ?? '',
        name: textIn(test, 'name') ?? '',
        ...(fieldIn(test, 'status') === 'failed' && {
          problems: [{ message: textIn(test, 'message'), text: textIn(test, 'trace') }],
        }),
      })),
  },
  {
    format: 'mochawesome',
    isIt: (json) => Array.isArray(fieldIn(json, 'results')) && fieldIn(json, 'stats') !== undefined,
    tests: (json) => listIn(json, 'results').flatMap((suite) => mochawesomeTests(suite, '')),
  },
  {
    format: 'mocha-json',
    isIt: (json) => Array.isArray(fieldIn(json, 'failures')) && fieldIn(json, 'stats') !== undefined,
    tests: mochaTests,
  },
  {
    format: 'pytest-json',
    isIt: (json) => fieldIn(json, 'exitcode') !== undefined && fieldIn(json, 'summary') !== undefined,
    tests: (json) => [
      ...listIn(json, 'tests').map(pytestTest),
      ...listIn(json, 'collectors')
        .filter((each) => fieldIn(each, 'outcome') === 'failed')
        .map((each) => outside(textIn(each, 'nodeid') ?? '', [{ text: textIn(each, 'longrepr') }])),
    ],
  },
  {
    format: 'allure',
    isIt: (json) => listOf(json).length > 0 && listOf(json).every(isAllure),
    tests: (json) => listOf(json).map(allureTest),
  },
];

function playwrightTests(suite: unknown, titles: readonly string[]): RawTest[] {
  const title = textIn(suite, 'title') ?? '';
  const file = textIn(suite, 'file') ?? '';
  const path = title === file ? titles : [...titles, title];
  return [
    ...listIn(suite, 'specs').flatMap((spec) =>
      listIn(spec, 'tests').map((test) => ({
        file: textIn(spec, 'file') ?? file,
        name: [...path, textIn(spec, 'title') ?? ''].filter(Boolean).join(' > '),
        ...(fieldIn(test, 'status') === 'unexpected' && { problems: playwrightProblems(test) }),
      })),
    ),
    ...listIn(suite, 'suites').flatMap((inner) => playwrightTests(inner, path)),
  ];
}

/** Of a test's tries the last one that failed counts. */
function playwrightProblems(test: unknown): RawProblem[] {
  const results = listIn(test, 'results');
  const last = results.findLast((result) => listIn(result, 'errors').length > 0) ?? results.at(-1);
  const errors = listIn(last, 'errors');
  return (errors.length > 0 ? errors : [fieldIn(last, 'error')]).flatMap(problemsOf);
}

/** Mocha repeats each failed test in a list of its own. */
function mochaTests(json: unknown): RawTest[] {
  const of = (test: unknown) => ({
    file: textIn(test, 'file') ?? '',
    name: textIn(test, 'fullTitle') ?? textIn(test, 'title') ?? '',
  });
  const failed = listIn(json, 'failures').map((test) => ({
    ...of(test),
    problems: problemsOf(fieldIn(test, 'err')),
  }));
  const names = new Set(failed.map(({ file, name }) => `${file}::${name}`));
  return [
    ...listIn(json, 'tests')
      .map(of)
      .filter(({ file, name }) => !names.has(`${file}::${name}`)),
    ...failed,
  ];
}

function mochawesomeTests(suite: unknown, above: string): RawTest[] {
  const file = textIn(suite, 'file') ?? above;
  const own = ['tests', 'beforeHooks', 'afterHooks'].flatMap((key) => listIn(suite, key));
  return [
    ...own.map((test) => ({
      file,
      name: textIn(test, 'fullTitle') ?? textIn(test, 'title') ?? '',
      ...(fieldIn(test, 'fail') === true && { problems: problemsOf(fieldIn(test, 'err')) }),
    })),
    ...listIn(suite, 'suites').flatMap((inner) => mochawesomeTests(inner, file)),
  ];
}

function pytestTest(test: unknown): RawTest {
  const [file = '', ...rest] = (textIn(test, 'nodeid') ?? '').split('::');
  const phases = ['setup', 'call', 'teardown'].map((phase) => fieldIn(test, phase));
  const failed = phases.filter((phase) => fieldIn(phase, 'outcome') === 'failed');
  return {
    file,
    name: rest.join('::'),
    ...(/^(?:failed|error)$/u.test(String(fieldIn(test, 'outcome'))) && {
      problems: failed.map((phase) => ({
        message: textIn(fieldIn(phase, 'crash'), 'message'),
        text: textIn(phase, 'longrepr'),
      })),
    }),
  };
}

function allureTest(test: unknown): RawTest {
  const details = fieldIn(test, 'statusDetails');
  return {
    file: '',
    name: textIn(test, 'fullName') ?? textIn(test, 'name') ?? '',
    ...(/^(?:failed|broken)$/u.test(String(fieldIn(test, 'status'))) && {
      problems: [{ message: textIn(details, 'message'), text: textIn(details, 'trace') }],
    }),
  };
}

function isAllure(value: unknown): boolean {
  return fieldIn(value, 'uuid') !== undefined && textIn(value, 'status') !== undefined;
}

function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [json];
}

function outside(file: string, problems: readonly RawProblem[]): RawTest {
  return { file, name: '(outside any test)', problems };
}
