import type { Ledger, LedgerTest, SourceFrame, TestStatus } from '../../ledger/schema.js';
import { partsOf } from '../failure-detail.js';
import type { Fate } from '../history/run-history.js';
import type { Trends } from '../history/trends.js';
import { byFile, commandAgain, kindOf, placeOf } from '../outcome.js';
import { manyLines, oneLine } from '../printable.js';

const MOST_LANES = 60;
const TEXT_LIMIT = 6_000;

/** One test as the page's script has it; what is usual is left out, because a run may have tens of thousands. */
export interface ViewTest {
  readonly name: string;
  /** Index of its file. */
  readonly file: number;
  /** Index of its project; absent for the first. */
  readonly project?: number;
  /** Absent for `passed`. */
  readonly status?: TestStatus;
  readonly ms?: number;
  readonly markers?: readonly string[];
  readonly flaky?: true;
  readonly attempts?: number;
  readonly backend?: string;
  readonly reason?: string;
  readonly isNew?: true;
  readonly past?: readonly Fate[];
  readonly failure?: ViewFailure;
}

/** A failure as the page's script has it. */
export interface ViewFailure {
  readonly class: string;
  readonly kind: string;
  readonly evidence: string;
  readonly remedy: string;
  readonly place: string;
  readonly again: string;
  readonly message?: string;
  readonly diff?: string;
  readonly stack?: readonly string[];
  readonly source?: SourceFrame;
  readonly output?: string;
}

/** One file on the timeline: milliseconds since the run began. */
export interface Lane {
  readonly file: string;
  readonly end: number;
  readonly bars: readonly (readonly [start: number, duration: number, status: TestStatus])[];
}

/** The data of the page. */
export interface View {
  readonly files: readonly string[];
  readonly projects: readonly string[];
  readonly tests: readonly ViewTest[];
  readonly lanes: readonly Lane[];
}

/** Reduces a ledger to what its page shows, with every text made harmless. */
export function viewOf(ledger: Ledger, { newlyFailing, past }: Pick<Trends, 'newlyFailing' | 'past'>): View {
  const files = [...new Set(ledger.tests.map(({ file }) => file))];
  const projects = [...new Set(ledger.tests.map(({ project }) => project))];
  const fileIndex = new Map(files.map((file, index) => [file, index]));
  const isNew = new Set(newlyFailing);
  return {
    files: files.map((file) => oneLine(file || '(outside any file)')),
    projects: projects.map((project) => oneLine(project)),
    tests: ledger.tests.map((test) => ({
      ...viewTest(test, fileIndex.get(test.file) ?? 0, projects.indexOf(test.project)),
      ...(isNew.has(test.id) && { isNew: true as const }),
      ...pastOf(past.get(test.id)),
      ...(test.failure && { failure: viewFailure({ ...test, failure: test.failure }, ledger) }),
    })),
    lanes: lanesOf(ledger),
  };
}

function viewTest(test: LedgerTest, file: number, project: number): ViewTest {
  const { status, backend, reason, markers, flaky, attempts, durationMs } = test;
  return {
    name: oneLine(test.name),
    file,
    ...(project > 0 && { project }),
    ...(status !== 'passed' && { status }),
    ...(durationMs > 0 && { ms: durationMs }),
    ...(markers.length > 0 && { markers: markers.map((marker) => oneLine(marker)) }),
    ...(flaky && { flaky }),
    ...(attempts && { attempts }),
    ...(backend && { backend: oneLine(backend) }),
    ...(reason && { reason: oneLine(reason) }),
  };
}

function pastOf(past: readonly Fate[] | undefined): Pick<ViewTest, 'past'> {
  return past === undefined || past.length < 2 ? {} : { past };
}

function viewFailure(
  test: LedgerTest & { readonly failure: NonNullable<LedgerTest['failure']> },
  ledger: Ledger,
): ViewFailure {
  const { failure, output } = test;
  const { message, diff, stack } = partsOf(manyLines(failure.detail ?? '', TEXT_LIMIT));
  const { source } = failure;
  return {
    class: failure.class,
    kind: kindOf(failure),
    evidence: oneLine(failure.evidence, 1_000),
    remedy: oneLine(failure.remedy, 1_000),
    place: placeOf(test),
    again: commandAgain(test, ledger),
    ...(message && { message }),
    ...(diff && { diff }),
    ...(stack.length > 0 && { stack }),
    ...(source && { source: { ...source, file: oneLine(source.file), text: manyLines(source.text) } }),
    ...(output && { output: manyLines(output, TEXT_LIMIT) }),
  };
}

function lanesOf({ tests, startedAt }: Ledger): Lane[] {
  const begun = Date.parse(startedAt);
  const ran = tests.filter(({ startMs }) => startMs !== undefined);
  const lanes = byFile(ran).map(([file, members]) => {
    const bars = members.map(
      ({ startMs = begun, durationMs, status }) =>
        [Math.max(0, startMs - begun), durationMs, status] as const,
    );
    return {
      file: oneLine(file),
      end: bars.reduce((end, [start, duration]) => Math.max(end, start + duration), 0),
      bars: merged(bars),
    };
  });
  return lanes.sort((one, other) => spent(other) - spent(one)).slice(0, MOST_LANES);
}

function spent({ bars }: Lane): number {
  return bars.reduce((sum, [, duration]) => sum + duration, 0);
}

/** Bars that follow one another at once and ended alike are one. */
function merged(bars: Lane['bars']): Lane['bars'] {
  const joined: [start: number, duration: number, status: TestStatus][] = [];
  for (const [start, duration, status] of [...bars].sort(([one], [other]) => one - other)) {
    const last = joined.at(-1);
    if (last && last[2] === status && start - (last[0] + last[1]) <= 2)
      last[1] = Math.max(last[1], start + duration - last[0]);
    else joined.push([start, duration, status]);
  }
  return joined;
}
