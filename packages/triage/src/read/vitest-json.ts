import { factsOf } from '../classify/chain.js';
import type { ErrorFacts } from '../classify/facts.js';
import type { TextCleaner } from './clean-text.js';
import { factsFromText } from './facts-from-text.js';
import { type Report, type ReportedFailure, testId } from './report.js';

/** What Vitest and Jest write with `--reporter=json` and `--json`; every part may be missing. */
export interface JsonReport {
  readonly testResults?: readonly JsonFile[];
  /** Only Jest has this. */
  readonly numRuntimeErrorTestSuites?: number;
}

interface JsonFile {
  readonly name?: string;
  readonly testFilePath?: string;
  readonly status?: string;
  readonly message?: string | null;
  readonly endTime?: number;
  readonly assertionResults?: readonly JsonTest[];
}

interface JsonTest {
  readonly ancestorTitles?: readonly string[];
  readonly title?: string;
  readonly fullName?: string;
  readonly status?: string;
  readonly failureMessages?: readonly (string | null)[];
  /** Jest's errors with their properties. */
  readonly failureDetails?: readonly unknown[];
}

/** Timeouts and aborts lose their words on the way into Vitest's JSON. */
const WORDLESS = 'STACK_TRACE_ERROR';

/** Reads the failures out of a report of Vitest's or Jest's JSON reporter. */
export function readJsonReport(name: string, json: JsonReport, clean: TextCleaner): Report {
  const isJest = typeof json.numRuntimeErrorTestSuites === 'number';
  const files = list(json.testResults);
  const ends = files.map(({ endTime }) => endTime).filter((time): time is number => typeof time === 'number');
  return {
    name,
    format: isJest ? 'jest-json' : 'vitest-json',
    tests: files.flatMap((file) => testsOf(file).map((test) => idOf(file, test, clean))),
    failures: files.flatMap((file) => failuresOf(file, isJest, clean)),
    ...(ends.length > 0 && { endedAt: ends.reduce((one, other) => Math.max(one, other)) }),
  };
}

function failuresOf(file: JsonFile, isJest: boolean, clean: TextCleaner): ReportedFailure[] {
  const tests = testsOf(file);
  const failed = tests
    .filter(({ status }) => status === 'failed')
    .map((test) => failedTest(file, test, clean));
  // Vitest leaves a test pending whose worker was gone; Jest's word for skipped is the same.
  const killed = isJest ? [] : tests.filter(({ status }) => status === 'pending');
  const lost = killed.map((test) => failure(file, idOf(file, test, clean), [], clean, 'worker-killed'));
  const message = typeof file.message === 'string' ? file.message.trim() : '';
  if (file.status !== 'failed' || failed.length > 0) return [...failed, ...lost];
  const id = testId(clean.name(pathOf(file)), message === '' ? '(hook or file)' : '(file)');
  const errors = message === '' ? [] : [factsFromText(clean.text(message))];
  return [failure(file, id, errors, clean, 'untold'), ...lost];
}

function failedTest(file: JsonFile, test: JsonTest, clean: TextCleaner): ReportedFailure {
  const details = list(test.failureDetails);
  const errors = list(test.failureMessages).map((message, index) => {
    const facts = factsFromText(clean.text(wordsOf(message)));
    const detail = details[index];
    return typeof detail === 'object' && detail !== null ? withDetail(facts, detail) : facts;
  });
  return failure(file, idOf(file, test, clean), errors, clean);
}

/** The codes of a kept error are added; its words may be missing or unredacted. */
function withDetail(facts: ErrorFacts, detail: object): ErrorFacts {
  const { code, status, syscall, endpoint, kind, origin, causes } = factsOf(detail);
  return {
    ...facts,
    ...defined({ code, status, syscall, endpoint, kind, origin }),
    ...(facts.causes === undefined && causes !== undefined && { causes }),
  };
}

function defined<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

function wordsOf(message: unknown): string {
  if (typeof message !== 'string')
    return 'a value that is not an Error was thrown; this report does not keep it';
  if (message.includes(WORDLESS)) return 'this report keeps no words of the error, as of one that timed out';
  return message;
}

function failure(
  file: JsonFile,
  id: string,
  errors: readonly ErrorFacts[],
  clean: TextCleaner,
  situation?: ReportedFailure['situation'],
): ReportedFailure {
  return {
    id,
    errors,
    complete: false,
    file: clean.name(pathOf(file)),
    test: id.slice(id.indexOf('::') + 2),
    ...(situation && { situation }),
  };
}

function idOf(file: JsonFile, test: JsonTest, clean: TextCleaner): string {
  const titles = [...list(test.ancestorTitles), test.title ?? test.fullName ?? ''];
  return testId(clean.name(pathOf(file)), clean.name(titles.filter(Boolean).join(' > ')));
}

function pathOf(file: JsonFile): string {
  return String(file.name ?? file.testFilePath ?? '');
}

function testsOf(file: JsonFile): readonly JsonTest[] {
  return list(file.assertionResults).filter((test) => typeof test === 'object' && test !== null);
}

function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value.filter((each) => each !== undefined) : [];
}
