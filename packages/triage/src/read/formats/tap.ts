import type { RawProblem, RawTest } from './raw-test.js';
import { textOfThrown } from './thrown-value.js';

const POINT =
  /^(?<indent> *)(?<not>not )?ok\b(?: \d+)?(?: - )?(?<name>[^#\n]*)(?:# (?<directive>SKIP|TODO).*)?/iu;

/** What AVA puts before a value that was thrown, or that an assertion found where none should be. */
const THROWN =
  /^ *(?<quote>['"]?)[^\n]*(?:\bReason|Error thrown in [^\n]*|Uncaught exception[^\n]*|[Ff]unction threw|rejected with):?\k<quote>: \|-?\n(?<value>[\s\S]*)/mu;
/** Headings for what stands elsewhere: in what the file printed before its point. */
const HEADING = /^(?:test failed|test file failed|Uncaught exception\b.*|Unhandled rejection\b.*|)$/u;
const PRINTED = 80;

/** The tests of a TAP stream, as node:test and others write it; a parent of failed tests is left out. */
export function tapTests(text: string): RawTest[] {
  const lines = text.split(/\r?\n/u);
  return lines.flatMap((line, index): RawTest[] => {
    const point = POINT.exec(line)?.groups;
    if (!point || point.directive) return [];
    const name = (point.name ?? '').trim();
    if (point.not === undefined) return [{ file: '', name }];
    const yaml = yamlBelow(lines, index + 1, point.indent?.length ?? 0);
    if (/failureType: '?(?:subtestsFailed|testsFailed)/u.test(yaml)) return [];
    return [{ file: fileIn(yaml), name, problems: [problemOf(yaml, lines, index)] }];
  });
}

/** The block below a point: what is indented further, to the mark of its end or to the next point. */
function yamlBelow(lines: readonly string[], start: number, margin: number): string {
  if (!/^ *---$/u.test(lines[start] ?? '')) return '';
  let end = start + 1;
  while (end < lines.length && belongs(lines[end] as string, margin)) end += 1;
  const block = lines.slice(start + 1, end);
  const indent = /^ */u.exec(block[0] ?? '')?.[0].length ?? 0;
  return block.map((line) => line.slice(indent)).join('\n');
}

function belongs(line: string, margin: number): boolean {
  return line.trim() === '' || (line.search(/\S/u) > margin && !/^ *\.\.\.$/u.test(line));
}

function problemOf(yaml: string, lines: readonly string[], at: number): RawProblem {
  const value = THROWN.exec(scalar(yaml, 'details') ?? '')?.groups?.value;
  if (value !== undefined) {
    const margin = value.search(/\S/u);
    const inside = value.split('\n').map((line) => line.slice(Math.max(0, margin)));
    return { text: textOfThrown(inside.join('\n'), scalar(yaml, 'at')) };
  }
  const told = problemIn(yaml);
  const printed = HEADING.test(told.message ?? '') ? printedBefore(lines, at) : '';
  return printed === '' ? told : { text: printed };
}

/** What a file printed before the point that says no more than that it failed. */
function printedBefore(lines: readonly string[], at: number): string {
  const before = lines.slice(Math.max(0, at - PRINTED), at);
  const start = before.findLastIndex((line) => !line.startsWith('# '));
  const said = before
    .slice(start + 1)
    .filter((line) => !/^# (?:Subtest|Node\.js|tests|suites|pass|fail)\b/u.test(line))
    .map((line) => line.slice(2).replaceAll('\\#', '#'));
  const error = said.findIndex((line) => /^(?:\S+ )?\w*(?:Error|Exception)\b[^\n]*:/u.test(line));
  return said.slice(Math.max(0, error)).join('\n').trim();
}

function problemIn(yaml: string): RawProblem {
  const message = scalar(yaml, 'error') ?? scalar(yaml, 'message');
  const name = scalar(yaml, 'name');
  const code = scalar(yaml, 'code');
  const stack = (scalar(yaml, 'stack') ?? '').replace(/^(?!\s*at )/gmu, '    at ');
  const known = code && code !== 'ERR_TEST_FAILURE' ? `\nSerialized Error: { code: '${code}' }` : '';
  return { message, type: name, text: `${name ? `${name}: ` : ''}${message ?? ''}\n${stack}${known}` };
}

function fileIn(yaml: string): string {
  return (scalar(yaml, 'location') ?? scalar(yaml, 'at') ?? '').replace(/:\d+(?::\d+)?$/u, '');
}

/** A value of the block: on the same line, quoted or not, or in the lines below it. */
function scalar(yaml: string, key: string): string | undefined {
  const found = new RegExp(`^${key}: ?(?<rest>.*)(?<below>(?:\\n(?: .*|$))*)`, 'mu').exec(yaml)?.groups;
  if (!found) return undefined;
  const rest = (found.rest ?? '').trim();
  const below = (found.below ?? '').replace(/^ {2}/gmu, '');
  if (rest === '') return below.replace(/^\n/u, '') || undefined;
  if (/^>/u.test(rest)) return below.trim().replace(/\n/gu, ' ') || undefined;
  const value = /^\|[-+]?$/u.test(rest) ? below.trim() : rest;
  return value.replace(/^(?<quote>['"`])(?<inner>.*)\k<quote>$/su, '$<inner>') || undefined;
}
