import type { ErrorFacts } from '../../classify/facts.js';
import type { TextCleaner } from '../clean-text.js';
import { factsFromText } from '../facts-from-text.js';
import { type Report, type ReportedFailure, type ReportFormat, testId } from '../report.js';

/** What a report holds of one error. */
export interface RawProblem {
  readonly message?: string | undefined;
  /** Name of the error, where the report has it beside the text. */
  readonly type?: string | undefined;
  /** Message and stack as they were printed. */
  readonly text?: string | undefined;
}

/** One test of a report. */
export interface RawTest {
  readonly file: string;
  readonly name: string;
  /** Absent where the test did not fail. */
  readonly problems?: readonly RawProblem[];
}

/** A report of the tests that a format's reader found. */
export function reportOf(
  name: string,
  format: ReportFormat,
  tests: readonly RawTest[],
  clean: TextCleaner,
): Report {
  const failed = tests.filter((test) => test.problems !== undefined);
  return {
    name,
    format,
    tests: tests.map((test) => testId(clean.name(test.file), clean.name(test.name))),
    failures: failed.map((test) => failureOf(test, clean)),
  };
}

function failureOf({ file, name, problems = [] }: RawTest, clean: TextCleaner): ReportedFailure {
  const path = clean.name(file);
  const test = clean.name(name);
  return {
    id: testId(path, test),
    file: path,
    test,
    complete: false,
    errors: problems.map((problem) => factsOfProblem(problem, clean)),
  };
}

function factsOfProblem({ message, type, text }: RawProblem, clean: TextCleaner): ErrorFacts {
  const words = message === undefined ? undefined : clean.text(message);
  const printed = text === undefined || text.trim() === '' ? (message ?? '') : text;
  return factsFromText(clean.text(printed), {
    message: words,
    name: type === undefined ? undefined : clean.name(type),
  });
}

/** A list that a report may not hold. */
export function listIn(value: unknown, key: string): Readonly<Record<string, unknown>>[] {
  const found = fieldIn(value, key);
  return Array.isArray(found) ? found.filter((each) => typeof each === 'object' && each !== null) : [];
}

/** A text that a report may not hold. */
export function textIn(value: unknown, key: string): string | undefined {
  const found = fieldIn(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A part that a report may not hold. */
export function fieldIn(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
