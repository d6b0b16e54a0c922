import { classify } from '../../classify/classify.js';
import type { TextCleaner } from '../clean-text.js';
import { reportOf } from '../formats/raw-test.js';
import type { Report, ReportedFailure } from '../report.js';
import { bySentence, jobFailureOf } from './by-sentence.js';
import { crashIn } from './crash.js';
import { JOB_SIGNS, type JobSign } from './job-signs.js';
import { logLines } from './log-lines.js';
import { testsInLog } from './test-blocks.js';

/** The last part of a log is where a job tells why it ended. */
const TAIL = 400;
/** Lines before the last that failed, in which the reason may stand. */
const NEAR = 10;
const END_OF_JOB =
  /^(?:Error: )?(?:Process completed with exit code [1-9]|The process '[^']+' failed with exit code|ERROR: Job failed|Cleaning up (?:orphan processes|project directory)|Job failed|The command "[^"]*" exited with [1-9])/u;
const FAILED =
  /(?:^|\s)(?:error|ERROR|Error|FAIL|FAILED|fatal|failed|✖|✗|×|ERR!)(?:[\s:!\][(]|$)|exit code [1-9]|exited with [1-9]|^\S+Error: |^\w*Exception in thread |^(?:make|go|ld|gcc|cc|clang|curl|git|ssh|bash|sh|fatal|psql|E)(?:\[\d+\])?: \S|^Could not |^Unable to |\bdial tcp\b/u;
/** What a log shows of the commands and commits of a job, and not of what came of them. */
const ECHO = /^(?:\$ |\+ |> |HEAD is now at |Run |\[command\]|Checking out |\S+@\S+:\S*[$#] )/u;
/** What shows that a download or an install before it came to its end after all. */
const SUCCESS =
  /^(?:Successfully (?:installed|built)|added \d+ packages?|up to date|downloaded\b|Fetched \d|Done in|Resolved \d|Installed \d|BUILD SUCCESS)/u;
const PASSING: ReadonlySet<string> = new Set(['registry', 'unreachable']);
/** What goes on after it has been told. */
const NOISE =
  /\b(?:[Rr]etry(?:ing)?|[Ww]ill retry|trying again|[Ww]arn(?:ing)?|deprecated|allowed to fail|continue-on-error|ignored|0 errors?|no errors?|error_?reporting)\b/u;

/** What is told of a mistake that fails nothing. */
const IGNORED = /\b(?:allowed to fail|continue-on-error|ignored|0 errors?|no errors?)\b/u;

/** Whether a text looks like what a job or a runner printed. */
export function isLog(text: string): boolean {
  const lines = logLines(text.slice(-200_000));
  return (
    lines.length > 1 &&
    (testsInLog(lines).length > 0 || lines.some((line) => FAILED.test(line) || signOf(line)))
  );
}

/** Reads the failures that a terminal or a CI service kept as text: of tests, or else of the job itself. */
export function readLog(name: string, text: string, clean: TextCleaner): Report {
  const lines = logLines(text);
  const tests = testsInLog(lines);
  const job = jobFailure(lines, clean);
  if (job && (tests.length === 0 || endsTheRun(job)))
    return crashed(name, lines, job, clean) ?? { ...reportOf(name, 'log', [], clean), failures: [job] };
  return reportOf(name, 'log', tests, clean);
}

/** What a program says of its end is more than that it ended. */
function crashed(
  name: string,
  lines: readonly string[],
  { verdict }: ReportedFailure,
  clean: TextCleaner,
): Report | undefined {
  if (!/^(?:command|unexplained)$/u.test(verdict?.subclass ?? '')) return undefined;
  const crash = crashIn(lines);
  const report = crash && reportOf(name, 'log', [crash], clean);
  // Of what is wrong in the program itself the job's own sign says as much.
  return report?.failures.some((failure) => classify(failure).class === 'environment') ? report : undefined;
}

/** A lost runner, a full disk or a cancelled run says more than the tests that it left unfinished. */
function endsTheRun({ verdict }: ReportedFailure): boolean {
  return /^(?:runner-lost|disk-full|cancelled)$/u.test(verdict?.subclass ?? '');
}

function jobFailure(lines: readonly string[], clean: TextCleaner): ReportedFailure | undefined {
  const end = lines.findLastIndex((line) => END_OF_JOB.test(line));
  const last = end === -1 ? lines.length : end;
  const region = lines.slice(Math.max(0, last - TAIL), end === -1 ? undefined : last + 15);
  const found = lastSign(region) ?? lastSign(lines);
  if (found) return failureOf(found.sign, found.line, clean);
  const told = region.filter((each) => !END_OF_JOB.test(each) && !ECHO.test(each) && !NOISE.test(each));
  const failed = told.findLastIndex((each) => FAILED.test(each));
  if (failed === -1 && end === -1) return undefined;
  const line = told[failed] ?? lines[end] ?? '';
  return (
    bySentence(told.slice(failed === -1 ? -NEAR : Math.max(0, failed - NEAR)), line, clean) ??
    failureOf(UNKNOWN, line, clean)
  );
}

/** The last sign counts; a sign before it that the job went on after does not. */
function lastSign(lines: readonly string[]): { sign: JobSign; line: string } | undefined {
  let wentOn = false;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] as string;
    wentOn ||= SUCCESS.test(line);
    const sign = signOf(line);
    if (sign && !(wentOn && PASSING.has(sign.subclass)))
      return (CONSEQUENCE.test(line) && causeBefore(lines.slice(Math.max(0, at - 12), at))) || { sign, line };
  }
  return undefined;
}

/** What a warning of is no noise either: nothing makes up for it. */
const LASTING: ReadonlySet<string> = new Set(['disk-full', 'out-of-memory', 'runner-lost']);

/** The sign in a line, unless it tells of a command, or of what the job goes on after. */
function signOf(line: string): JobSign | undefined {
  const sign = JOB_SIGNS.find((each) => each.line.test(line));
  const noise = sign?.class === 'environment' && !LASTING.has(sign.subclass) ? NOISE : IGNORED;
  return sign && !noise.test(line) && !ECHO.test(line) ? sign : undefined;
}

/** What an installer says of a package whose registry it could not read a moment before. */
const CONSEQUENCE =
  /No matching distribution found|Could not find a version|Unable to locate package|has no installation candidate|No package \S+ available/u;

function causeBefore(lines: readonly string[]): { sign: JobSign; line: string } | undefined {
  const registry = JOB_SIGNS.find(({ subclass }) => subclass === 'registry');
  const at = lines.findLastIndex((each) => registry?.line.test(each));
  if (registry === undefined || at === -1 || lines.slice(at).some((each) => SUCCESS.test(each)))
    return undefined;
  return { sign: registry, line: lines[at] as string };
}

const UNKNOWN: Omit<JobSign, 'line'> = {
  class: 'mechanism',
  subclass: 'unexplained',
  confidence: 0.5,
  remedy: 'The log does not say more plainly why the job failed: look at the lines before its end.',
};

function failureOf(sign: Omit<JobSign, 'line'>, line: string, clean: TextCleaner): ReportedFailure {
  return jobFailureOf({ ...sign, evidence: line }, clean);
}
