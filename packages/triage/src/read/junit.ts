import type { TextCleaner } from './clean-text.js';
import { factsFromText } from './facts-from-text.js';
import { type Report, ReportError, type ReportedFailure, testId } from './report.js';
import { readElements, type XmlHandler } from './xml.js';

/** Characters of failures that are kept of a large report. */
const LARGE = 24 * 1024 * 1024;
const FAILED = new Set(['failure', 'error']);
/** Characters kept of the text of one element. */
const TEXT_LENGTH = 64 * 1024;

interface Problem {
  readonly message: string | undefined;
  readonly type: string | undefined;
  text: string;
}

interface OpenCase {
  readonly file: string;
  readonly name: string;
  readonly time: string | undefined;
  readonly problems: Problem[];
  skipped: boolean;
  /** Set for a failure in a suite, outside of any test. */
  readonly isSuite?: boolean;
}

/** Reads the failures out of a JUnit report, whoever wrote it: Vitest, Jest, Mocha, Playwright, pytest, Maven. */
export function readJUnit(name: string, xml: string, clean: TextCleaner): Report {
  return readWith(new JUnitReader(clean), name, xml);
}

/**
 * Reads a JUnit report of any size: ids of tests that passed are not kept, and failures as many as fit into memory.
 *
 * @throws ReportError for a text that is not a JUnit report.
 */
export function readJUnitChunks(name: string, chunks: Iterable<string>, clean: TextCleaner): Report {
  const reader = new JUnitReader(clean, LARGE);
  const report = readWith(reader, name, chunks);
  if (report.tests.length === 0 && reader.passed === 0 && reader.suites === 0)
    throw new ReportError(`${name} is not a JUnit report. Give a report that a test run wrote.`);
  const { passed, tooMany } = reader;
  const problem = `${name} holds more failures than fit into memory: ${tooMany} were left out.`;
  return { ...report, passed, ...(tooMany > 0 && report.problem === undefined && { problem }) };
}

function readWith(reader: JUnitReader, name: string, xml: string | Iterable<string>): Report {
  const problem = readElements(xml, reader);
  const { tests, failures, endedAt } = reader;
  // Suites count errors that no case tells.
  if (failures.length === 0 && reader.counted > 0) failures.push(reader.untold());
  return {
    name,
    format: 'junit',
    tests,
    failures,
    ...(endedAt !== undefined && { endedAt }),
    ...(problem !== undefined && {
      problem: `${name} is damaged: ${problem}. What stands before that is read.`,
    }),
  };
}

class JUnitReader implements XmlHandler {
  readonly tests: string[] = [];
  readonly failures: ReportedFailure[] = [];
  endedAt: number | undefined;
  /** Failures and errors that the report counts itself. */
  counted = 0;
  /** Tests that did not fail, where their ids are not kept. */
  passed = 0;
  /** Failures that did not fit. */
  tooMany = 0;
  suites = 0;
  #characters = 0;
  readonly #clean: TextCleaner;
  readonly #most: number;
  readonly #suites: string[] = [];
  #byVitest = false;
  #case: OpenCase | undefined;
  #problem: Problem | undefined;

  constructor(clean: TextCleaner, most: number = Number.POSITIVE_INFINITY) {
    this.#clean = clean;
    this.#most = most;
  }

  open(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (tag === 'testsuites') this.#byVitest = attributes.name === 'vitest tests';
    if (tag === 'testsuites' || tag === 'testsuite')
      this.counted += (Number(attributes.errors) || 0) + (Number(attributes.failures) || 0);
    if (tag === 'testsuite' || tag === 'testsuites') this.suites += 1;
    if (tag === 'testsuite') this.#openSuite(attributes);
    if (tag === 'testcase') this.#case = this.#openCase(attributes);
    if (tag === 'skipped' && this.#case) this.#case.skipped = true;
    if (FAILED.has(tag)) this.#openProblem(attributes);
  }

  text(text: string): void {
    const problem = this.#problem;
    if (problem && problem.text.length < TEXT_LENGTH) problem.text += text.slice(0, TEXT_LENGTH);
  }

  close(tag: string): void {
    if (FAILED.has(tag)) this.#problem = undefined;
    if (this.#case && (tag === 'testcase' || (this.#case.isSuite && FAILED.has(tag)))) {
      this.#closeCase(this.#case);
      this.#case = undefined;
    }
    if (tag === 'testsuite') this.#suites.pop();
  }

  /** Closes the open test of a report that broke off. */
  broken(): void {
    if (this.#case && this.#case.problems.length > 0) this.#closeCase(this.#case);
  }

  untold(): ReportedFailure {
    const test = '(outside any test)';
    return { id: test, test, errors: [], complete: false, situation: 'untold' };
  }

  #openSuite({ name = '', file, timestamp }: Readonly<Record<string, string>>): void {
    this.#suites.push(file ?? name);
    const time = Date.parse(timestamp ?? '');
    if (!Number.isNaN(time)) this.endedAt = Math.max(this.endedAt ?? 0, time);
  }

  #openCase({ name = '', classname = '', file, time }: Readonly<Record<string, string>>): OpenCase {
    const place = file ?? (classname === '' ? (this.#suites.at(-1) ?? '') : classname);
    return {
      file: this.#clean.name(place),
      name: this.#clean.name(name),
      time,
      problems: [],
      skipped: false,
    };
  }

  /** A failure may also stand in a suite, outside of any test. */
  #openProblem({ message, type }: Readonly<Record<string, string>>): void {
    const problem: Problem = { message, type, text: '' };
    this.#problem = problem;
    if (this.#case) {
      this.#case.problems.push(problem);
      return;
    }
    this.#case = {
      file: this.#clean.name(this.#suites.at(-1) ?? ''),
      name: '(outside any test)',
      time: undefined,
      problems: [problem],
      skipped: false,
      isSuite: true,
    };
  }

  #closeCase({ file, name, time, problems, skipped }: OpenCase): void {
    const id = testId(file, name);
    // Vitest gives a test that never ended no time at all; one that passed took some.
    const killed = this.#byVitest && !skipped && problems.length === 0 && time === '0';
    const isLarge = this.#most < Number.POSITIVE_INFINITY;
    const isFailed = problems.length > 0 || killed;
    if (!isFailed && isLarge) this.passed += 1;
    else if (this.#characters > this.#most) this.tooMany += 1;
    else this.tests.push(id);
    if (!isFailed || this.#characters > this.#most) return;
    this.#characters += problems.reduce(
      (sum, { message = '', text }) => sum + message.length + text.length,
      500,
    );
    this.failures.push({
      id,
      file,
      test: name,
      complete: false,
      errors: problems.map(({ message, type, text }) => this.#factsOf(message, type, text)),
      ...(killed && { situation: 'worker-killed' as const }),
    });
  }

  #factsOf(message: string | undefined, type: string | undefined, text: string) {
    const words = message === undefined ? undefined : this.#clean.text(message);
    return factsFromText(this.#clean.text(text.trim() === '' ? (message ?? '') : text), {
      name: type === undefined ? undefined : this.#clean.name(type),
      message: words,
      keepsCodes: this.#byVitest,
    });
  }
}
