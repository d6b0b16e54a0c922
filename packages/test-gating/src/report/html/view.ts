import type { Ledger, LedgerTest, TestStatus } from '../../ledger/schema.js';
import { byFile, commandAgain, kindOf } from '../outcome.js';
import { manyLines, oneLine } from '../printable.js';

const MOST_LANES = 60;
const DETAIL_LIMIT = 4_000;

/** One test as the page's script has it. */
export interface ViewTest {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly project: string;
  readonly markers: readonly string[];
  readonly status: TestStatus;
  /** Class of its failure; empty for one that did not fail. */
  readonly class: string;
  readonly ran: boolean;
  readonly flaky: boolean;
  readonly durationMs: number;
  readonly again: string;
  readonly backend?: string;
  readonly reason?: string;
  readonly kind?: string;
  readonly evidence?: string;
  readonly remedy?: string;
  readonly detail?: string;
}

/** One file on the timeline: milliseconds since the run began. */
export interface Lane {
  readonly file: string;
  readonly end: number;
  readonly bars: readonly (readonly [start: number, duration: number, status: TestStatus])[];
}

/** The data of the page. */
export interface View {
  readonly tests: readonly ViewTest[];
  readonly lanes: readonly Lane[];
}

/** Reduces a ledger to what its page shows, with every text made harmless. */
export function viewOf(ledger: Ledger): View {
  return {
    tests: ledger.tests.map((test, index) => viewTest(test, index, ledger)),
    lanes: lanesOf(ledger),
  };
}

function viewTest(test: LedgerTest, index: number, ledger: Ledger): ViewTest {
  const { failure, status, backend, reason } = test;
  return {
    index,
    id: oneLine(test.id),
    name: oneLine(test.name),
    file: oneLine(test.file),
    project: oneLine(test.project),
    markers: test.markers.map((marker) => oneLine(marker)),
    status,
    class: failure?.class ?? '',
    ran: status === 'passed' || status === 'failed',
    flaky: test.flaky ?? false,
    durationMs: test.durationMs,
    again: commandAgain(test, ledger),
    ...(backend && { backend: oneLine(backend) }),
    ...(reason && { reason: oneLine(reason) }),
    ...(failure && {
      kind: kindOf(failure),
      evidence: oneLine(failure.evidence, 1_000),
      remedy: oneLine(failure.remedy, 1_000),
      detail: manyLines(failure.detail ?? '', DETAIL_LIMIT),
    }),
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
