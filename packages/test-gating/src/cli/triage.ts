import { relative } from 'node:path';
import {
  type ClassifyOptions,
  classLabel,
  type Report,
  ReportError,
  readReport,
  sharedCauses,
  type TriagedFailure,
  triage,
} from '@drydock/triage';
import colors from 'picocolors';
import { FileRefusal, readRegularFile } from '../project/regular-file.js';
import { columns } from '../report/columns.js';
import { codeOfFailures, EXIT } from '../report/exit-code.js';
import { kindOf } from '../report/outcome.js';
import { oneLine } from '../report/printable.js';

/** Close to the longest string that JavaScript can hold. */
const LARGEST_BYTES = 500 * 1024 * 1024;
const SHOWN = 50;

/** Arguments of `drydock triage`. */
export interface TriageRequest {
  readonly reports: readonly string[];
  readonly json: boolean;
  /** What the project and its packages add to triage. */
  readonly options: ClassifyOptions;
}

/** Classifies the failures of reports and prints them; a report that cannot be read is named, and the others are still classified. */
export function triageReports({ reports: paths, json, options }: TriageRequest): number {
  const problems: string[] = [];
  const commonValues = (options.origins ?? []).map(({ name }) => name);
  const reports = paths.flatMap((path) => readSafely(path, problems, commonValues));
  const failures = triage(reports, options);
  const print = json ? printJson : printText;
  print(failures, reports);
  for (const problem of problems) process.stderr.write(`drydock: ${problem}\n`);
  return problems.length > 0 ? EXIT.usage : codeOfFailures(failures);
}

function readSafely(path: string, problems: string[], commonValues: readonly string[]): Report[] {
  try {
    const report = readReport(path, decoded(readRegularFile(path, LARGEST_BYTES)), { commonValues });
    if (report.problem !== undefined) problems.push(report.problem);
    return [report];
  } catch (error) {
    problems.push(error instanceof ReportError ? error.message : unreadable(path, error as Error));
    return [];
  }
}

/** Decodes UTF-16, which shells of Windows write into a file, by the byte order mark at its start. */
function decoded(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[mark];
  return encoding === undefined ? bytes.toString('utf8') : new TextDecoder(encoding).decode(bytes);
}

function unreadable(path: string, error: Error): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof FileRefusal)
    return `${path} ${message}. Give the path of a report that a test run wrote; split a run that is too large.`;
  if (code === undefined) return `${path} cannot be read: ${message.slice(0, 200)}`;
  return `${path} cannot be read (${code}). Give the path of a report that a test run wrote.`;
}

function printJson(failures: readonly TriagedFailure[]): void {
  const rows = failures.map(
    ({ report, test, class: failureClass, subclass, confidence, evidence, remedy }) => ({
      report,
      test,
      class: failureClass,
      subclass,
      confidence,
      evidence,
      remedy,
    }),
  );
  process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
}

function printText(failures: readonly TriagedFailure[], reports: readonly Report[]): void {
  const tests = reports.reduce((sum, report) => sum + report.tests.length, 0);
  const names = reports.map(({ name, format }) => `${oneLine(relative('.', name) || name)} (${format})`);
  const lines = [` ${colors.bold('drydock triage')}  ${names.join(', ') || 'no report'}`];
  if (failures.length === 0) lines.push(` no failure among ${tests} tests${omissionHint(reports)}`);
  else
    lines.push(
      '',
      ...columns(failures.slice(0, SHOWN).map(rowOf)),
      ...rest(failures),
      '',
      ...causes(failures),
    );
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** A hint where the format of a report leaves out errors that came outside of tests. */
function omissionHint(reports: readonly Report[]): string {
  return reports.some(({ format }) => format === 'vitest-json')
    ? '; a JSON report keeps no error that came outside of them'
    : '';
}

function rowOf({ class: failureClass, subclass, confidence, test }: TriagedFailure): string[] {
  return [`${classLabel(failureClass)} / ${subclass}`, confidence.toFixed(2), oneLine(test)];
}

function rest(failures: readonly TriagedFailure[]): string[] {
  return failures.length > SHOWN ? [` … and ${failures.length - SHOWN} more; --json prints all`] : [];
}

function causes(failures: readonly TriagedFailure[]): string[] {
  const groups = sharedCauses(failures, (failure) => failure);
  const count = `${failures.length} ${failures.length === 1 ? 'failure' : 'failures'}`;
  const heading = ` ${count}, ${groups.length === 1 ? 'one cause' : `${groups.length} causes`}`;
  const lines = groups.slice(0, SHOWN).flatMap((cause) => {
    const title = kindOf(cause);
    const times = groups.length > 1 && cause.failures.length > 1 ? `${cause.failures.length} × ` : '';
    return [
      `   ${title}   ${times}${cause.evidence}`,
      `   ${'remedy'.padEnd(title.length)}   ${cause.remedy}`,
    ];
  });
  return [heading, ...lines];
}
