import type { RawTest } from '../formats/raw-test.js';

/** How a runner begins to tell of one failed test in its text. */
const HEADINGS: readonly RegExp[] = [
  // Vitest
  /^ ?FAIL {2}(?:\|?[\w@/. -]{1,40}\|? )?(?<file>\S+\.[cm]?[jt]sx?)(?: > (?<name>.+?))?(?: \[ .* \])?$/u,
  // Jest
  /^ {2}● (?<name>(?!Console|Deprecation|Validation|Cannot log)\S.*)$/u,
  // Playwright
  /^ {2,4}\d+\) (?:\[[^\]]+\] › )?(?<file>\S+:\d+:\d+) › (?<name>.+?)(?: ─+)?$/u,
  // cargo test
  /^---- (?<name>\S+) (?:stdout|stderr) ----$/u,
  // go test
  /^ *--- FAIL: (?<name>\S+) \(/u,
  // pytest
  /^_{3,} (?:ERROR (?:at \w+ of|collecting) )?(?<name>[\w.[\]/: -]+?) _{3,}$/u,
  // unittest
  /^(?:FAIL|ERROR): (?<name>\w+ \([\w.]+\))/u,
  // RSpec, Mocha
  /^ {2}\d+\) (?<name>\S.*)$/u,
  // JUnit by Maven
  /^(?:\[ERROR\] +|Error: +)?(?<name>[\w.$]+(?:(?:\.|#)\w+)?)(?:\(\))?(?:\([\w.$]+\))? +(?:--? )?Time elapsed: .*<<< (?:FAILURE|ERROR)!$/u,
  // node:test
  /^ *✖ (?<name>.+?) \(\d+(?:\.\d+)?ms\)$/u,
  // Gradle, kotest
  /^(?<name>[\w.$]+ > .+?) FAILED$/u,
];

/** What ends the last block of a run. */
const END =
  /^(?:⎯{10,}.*|={5,}.*(?:short test summary|passed|failed|warnings).*|failures:|test result: .*|Test (?:Suites|Files)[: ].*|Tests:? +\d+.*|Ran \d+ tests?.*|FAIL\t.*|FAIL$|ok {2}\t.*|Failed examples:|\[INFO\].*|Snapshots: .*|Slow test file.*|ℹ tests \d+|npm (?:ERR!|error).*|error: test failed.*)$/u;
/** Mocha's titles below the number of a failure. */
const TITLE = /^ {7,}\S.*$/u;
const LINES = 400;
/** pytest's last list, where its blocks were not printed. */
const SUMMARY = /^(?:FAILED|ERROR) (?<file>[\w./-]+\.py)(?:::(?<name>\S+))?(?: - (?<message>.*))?$/u;

/** The failed tests that runners told of in a log. */
export function testsInLog(lines: readonly string[]): RawTest[] {
  const blocks: { file: string; name: string; text: string[] }[] = [];
  let open: (typeof blocks)[number] | undefined;
  for (const line of lines) {
    const heading = HEADINGS.map((each) => each.exec(line)?.groups).find((each) => each !== undefined);
    if (heading) {
      open = { file: heading.file ?? '', name: (heading.name ?? '').trim(), text: [] };
      blocks.push(open);
    } else if (END.test(line)) open = undefined;
    else if (open && open.text.length === 0 && TITLE.test(line))
      open.name += ` > ${line.trim().replace(/:$/u, '')}`;
    else if (open && open.text.length < LINES) open.text.push(line);
  }
  const told = blocks.filter(({ text }) => text.some((line) => line.trim() !== ''));
  const tests = told.map(({ file, name, text }) => ({ file, name, problems: [{ text: essence(text) }] }));
  return tests.length > 0 ? unique(tests) : summarized(lines);
}

function summarized(lines: readonly string[]): RawTest[] {
  return lines.flatMap((line) => {
    const found = SUMMARY.exec(line)?.groups;
    if (!found) return [];
    const { file = '', name = '(file)', message } = found;
    return [{ file, name, problems: [{ text: message ?? '' }] }];
  });
}

/** A block without margins; of pytest's and of Rust's the lines that tell the error. */
function essence(block: readonly string[]): string {
  const text = block.slice(block.findIndex((line) => line.trim() !== ''));
  const errors = text.filter((line) => /^E {3}\s*\S/u.test(line)).map((line) => line.slice(4));
  if (errors.length > 0) return errors.join('\n');
  const margin = Math.min(...text.filter((line) => line.trim() !== '').map((line) => line.search(/\S/u)));
  return text
    .map((line) => line.slice(margin))
    .join('\n')
    .trim();
}

/** Runners tell of a failure again in their summary. */
function unique(tests: readonly RawTest[]): RawTest[] {
  const seen = new Map(tests.toReversed().map((test) => [`${test.file}::${test.name}`, test]));
  return [...seen.values()].toReversed();
}
