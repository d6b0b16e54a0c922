import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isStreamed, type Report, ReportError, readLargeReport, readReport } from '@drydock/triage';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { FileRefusal, readRegularFile } from '../../project/regular-file.js';
import { openLarge, readSome } from './large-input.js';

/** Close to the longest string that JavaScript can hold. */
const LARGEST_BYTES = 500 * 1024 * 1024;
const STDIN = '-';
const REPORT = /\.(?:xml|json|jsonl|ndjson|tap|trx|log|txt)$/u;

/** Reads every report that the arguments name; what cannot be read is added to the problems. */
export function readInputs(
  inputs: readonly string[],
  commonValues: readonly string[],
  problems: string[],
): Report[] {
  const isOne = inputs.length === 1;
  return inputs.flatMap((input) => {
    const paths = pathsOf(input);
    const isChosen = isOne && paths.length === 1;
    if (paths.length === 0)
      problems.push(`${input} names no report. Give a file, a folder with reports, or a pattern.`);
    return paths.flatMap((path) => readSafely(path, commonValues, problems, isChosen || path === input));
  });
}

function pathsOf(input: string): string[] {
  if (input === STDIN) return [input];
  if (isFolder(input))
    return readdirSync(input, { recursive: true, encoding: 'utf8' })
      .filter((path) => REPORT.test(path) && !path.includes('node_modules'))
      .sort()
      .map((path) => join(input, path));
  const isPattern = isDynamicPattern(input) && statSync(input, { throwIfNoEntry: false }) === undefined;
  return isPattern ? globSync(input).sort() : [input];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Of the files of a folder those that are not reports are passed over. */
function readSafely(
  path: string,
  commonValues: readonly string[],
  problems: string[],
  isNamed: boolean,
): Report[] {
  try {
    const report = readInput(path, commonValues);
    if (report.problem !== undefined) problems.push(report.problem);
    return [report];
  } catch (error) {
    if (error instanceof ReportError && !isNamed) return [];
    problems.push(error instanceof ReportError ? error.message : unreadable(path, error as Error));
    return [];
  }
}

function readInput(path: string, commonValues: readonly string[]): Report {
  const options = { commonValues };
  if (path !== STDIN) {
    const large = openLarge(path);
    if (large) return readLargeReport(path, large, options);
    return readReport(path, decoded(readRegularFile(path, LARGEST_BYTES)), options);
  }
  const { held, rest } = readSome(0);
  const name = 'standard input';
  if (rest === undefined) return readReport(name, decoded(held), options);
  if (isStreamed(held)) return readLargeReport(name, rest, options);
  return readReport(name, decoded(Buffer.concat([...rest])), options);
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
