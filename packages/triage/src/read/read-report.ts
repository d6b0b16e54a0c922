import { TextCleaner } from './clean-text.js';
import { readJUnit } from './junit.js';
import { type LedgerFile, readLedgerFile } from './ledger.js';
import { type Report, ReportError } from './report.js';
import { type JsonReport, readJsonReport } from './vitest-json.js';

/** Options of reading a report. */
export interface ReadOptions {
  /** Variables whose secrets must not be shown. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Values that are never secrets, such as names of servers. @default [] */
  readonly commonValues?: Iterable<string>;
}

const FORMATS = 'Give a Vitest or Jest JSON report, a JUnit XML report, or a ledger of drydock.';

/**
 * Reads one report; secrets are taken out of its texts.
 *
 * @throws ReportError for a text that is not a report.
 */
export function readReport(name: string, text: string, { env, commonValues }: ReadOptions = {}): Report {
  const clean = new TextCleaner(env, commonValues);
  const start = text
    .slice(0, 1_000)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (start === '') throw new ReportError(`${name} is empty. ${FORMATS}`);
  if (start.startsWith('<')) return readJUnitReport(name, text, clean);
  if (!/^[[{"\dtfn]/.test(start)) throw new ReportError(`${name} is neither JSON nor XML. ${FORMATS}`);
  const json = parse(name, text);
  if (isLedger(json)) return readLedgerFile(name, json, clean);
  if (isJsonReport(json)) return readJsonReport(name, json, clean);
  throw new ReportError(`${name} is JSON, but not a known report. ${FORMATS}`);
}

function readJUnitReport(name: string, text: string, clean: TextCleaner): Report {
  const report = readJUnit(name, text.replace(/^\ufeff/, '').trimStart(), clean);
  if (report.tests.length > 0 || /<testsuites?[\s>/]/.test(text)) return report;
  throw new ReportError(
    `${name} is not a JUnit report${report.problem ? ', and its XML is incomplete' : ''}. ${FORMATS}`,
  );
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
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
