import type { RawTest } from './raw-test.js';

const POINT =
  /^(?<indent> *)(?<not>not )?ok\b(?: \d+)?(?: - )?(?<name>[^#\n]*)(?:# (?<directive>SKIP|TODO).*)?/iu;

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
    return [{ file: fileIn(yaml), name, problems: [problemIn(yaml)] }];
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

function problemIn(yaml: string): RawTest['problems'] extends readonly (infer P)[] | undefined ? P : never {
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
  const value = /^[|>][-+]?$/u.test(rest) ? (found.below ?? '').replace(/^ {2}/gmu, '').trim() : rest;
  return value.replace(/^(?<quote>['"])(?<inner>.*)\k<quote>$/su, '$<inner>') || undefined;
}
