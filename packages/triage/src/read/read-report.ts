import { TextCleaner } from './clean-text.js';
import { dotnetTests } from './formats/dotnet.js';
import { goTests } from './formats/go-test.js';
import { JSON_FORMATS } from './formats/json-formats.js';
import { reportOf } from './formats/raw-test.js';
import { tapTests } from './formats/tap.js';
import { readJUnit } from './junit.js';
import { type LedgerFile, readLedgerFile } from './ledger.js';
import { isLog, readLog } from './log/log.js';
import { type Report, ReportError } from './report.js';
import { type JsonReport, readJsonReport } from './vitest-json.js';

/** Options of reading a report. */
export interface ReadOptions {
  /** Variables whose secrets must not be shown. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Values that are never secrets, such as names of servers. @default [] */
  readonly commonValues?: Iterable<string>;
}

const FORMATS =
  'Give a report of a test runner (JUnit, TRX or NUnit XML; JSON of Vitest, Jest, Playwright, Mocha, pytest, go test, Allure or CTRF; TAP), a ledger of drydock, or the log of a job.';

/**
 * Reads one report, whose format its content tells; secrets are taken out of its texts.
 *
 * @throws ReportError for a text that is not a report.
 */
export function readReport(name: string, text: string, { env, commonValues }: ReadOptions = {}): Report {
  const clean = new TextCleaner(env, commonValues);
  const whole = text.replace(/^\ufeff/, '').trimStart();
  const start = whole.slice(0, 1_000);
  if (start === '') throw new ReportError(`${name} is empty. ${FORMATS}`);
  if (start.startsWith('<')) return readXmlReport(name, whole, clean);
  if (/^(?:TAP version \d+|(?:not )?ok \d+\b|1\.\.\d+\n)/u.test(start))
    return reportOf(name, 'tap', tapTests(whole), clean);
  if (/^\{"(?:Time|Action|ImportPath)":/u.test(start))
    return reportOf(name, 'go-test', goTests(whole.split('\n')), clean);
  if (/^(?:[[{"]|\d+\s*$|(?:true|false|null)\b)/.test(start)) return readJson(name, whole, clean);
  return readText(name, whole, clean);
}

/** Text may be what npm printed before a report, or the log of a job. */
function readText(name: string, text: string, clean: TextCleaner): Report {
  const at = text.search(/^[[{]\s*(?:["{]|$)/mu);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const json = at === -1 ? undefined : tried(() => readJson(name, text.slice(at, end + 1), clean));
  if (json) return json;
  if (/^(?:not )?ok \d+ /mu.test(text) && /^(?:TAP version|1\.\.\d+$)/mu.test(text))
    return reportOf(name, 'tap', tapTests(text), clean);
  if (isLog(text)) return readLog(name, text, clean);
  throw new ReportError(`${name} is neither JSON nor XML, and not a log with a failure in it. ${FORMATS}`);
}

function tried<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function readJson(name: string, text: string, clean: TextCleaner): Report {
  const json = parse(name, text);
  if (isLedger(json)) return readLedgerFile(name, json, clean);
  if (isJsonReport(json)) return checked(readJsonReport(name, json, clean), json);
  const known = JSON_FORMATS.find(({ isIt }) => isIt(json));
  if (known) return checked(reportOf(name, known.format, known.tests(json), clean), json);
  throw new ReportError(`${name} is JSON, but not a known report. ${FORMATS}`);
}

/** A report that says of itself that it failed, and holds no failure, is not green. */
function checked(report: Report, json: unknown): Report {
  if (report.failures.length > 0 || !saysFailed(json)) return report;
  const test = '(outside any test)';
  return { ...report, failures: [{ id: test, test, errors: [], complete: false, situation: 'untold' }] };
}

function saysFailed(json: unknown): boolean {
  if (!isObject(json)) return false;
  const { stats, summary, results } = json as Record<string, unknown>;
  const counts = [json, stats, summary, isObject(results) ? results.summary : undefined].filter(isObject);
  const failed = [
    'numFailedTests',
    'numFailedTestSuites',
    'numRuntimeErrorTestSuites',
    'failed',
    'unexpected',
    'error',
  ];
  return json.success === false || counts.some((each) => failed.some((key) => Number(each[key]) > 0));
}

function readXmlReport(name: string, text: string, clean: TextCleaner): Report {
  const root = /<(?<tag>TestRun|test-run|test-results)[\s>]/u.exec(text.slice(0, 4_000))?.groups?.tag;
  if (root === undefined) return readJUnitReport(name, text, clean);
  const { tests, problem } = dotnetTests(text);
  const report = reportOf(name, root === 'TestRun' ? 'trx' : 'nunit', tests, clean);
  return problem === undefined
    ? report
    : { ...report, problem: `${name} is damaged: ${problem}. What stands before that is read.` };
}

function readJUnitReport(name: string, text: string, clean: TextCleaner): Report {
  const report = readJUnit(name, text, clean);
  if (report.tests.length > 0 || /<testsuites?[\s>/]/.test(text)) return report;
  throw new ReportError(
    `${name} is not a JUnit report${report.problem ? ', and its XML is incomplete' : ''}. ${FORMATS}`,
  );
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The rest of the parser's words would quote the file.
    const at = /position \d+/.exec((error as Error).message)?.[0];
    throw new ReportError(
      `${name} is incomplete JSON${at ? ` (${at})` : ''}: was its run cut off? ${FORMATS}`,
    );
  }
}

function isLedger(json: unknown): json is LedgerFile {
  return (
    isObject(json) &&
    typeof json.schemaVersion === 'number' &&
    Array.isArray(json.tests) &&
    json.tests.every(isObject)
  );
}

function isJsonReport(json: unknown): json is JsonReport {
  return isObject(json) && Array.isArray(json.testResults) && json.testResults.every(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
