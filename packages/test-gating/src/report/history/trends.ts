import type { Ledger } from '../../ledger/schema.js';
import { type Fate, type RunRecord, recordOf } from './run-history.js';

/** Fewer runs of a test than this say nothing of how steady it is. */
const LEAST_RUNS = 2;
const MOST_PAST = 20;

/** A test whose results changed from run to run. */
export interface UnsteadyTest {
  readonly id: string;
  readonly failed: number;
  readonly ran: number;
}

/** What earlier runs say of this one. */
export interface Trends {
  /** Earlier runs, the oldest first, and this one. */
  readonly runs: readonly RunRecord[];
  /** Ids of tests that failed now and passed when they last ran. */
  readonly newlyFailing: readonly string[];
  /** Tests that passed in some runs and failed or were flaky in others, the least steady first. */
  readonly unsteady: readonly UnsteadyTest[];
  /** Fates of each failed or unsteady test, the latest last. */
  readonly past: ReadonlyMap<string, readonly Fate[]>;
}

/** Compares a run with those before it. */
export function trendsOf(ledger: Ledger, history: readonly RunRecord[]): Trends {
  const runs = [...history, recordOf(ledger, ledger.rerunOf !== undefined)];
  const fates = new Map<string, Fate[]>();
  for (const { fates: each } of runs)
    for (const [id, fate] of Object.entries(each)) {
      const known = fates.get(id);
      if (known) known.push(fate);
      else fates.set(id, [fate]);
    }
  const unsteady = [...fates].flatMap(([id, all]) => unsteadyTest(id, all));
  const failed = ledger.tests.filter(({ status }) => status === 'failed').map(({ id }) => id);
  const shown = new Set([...failed, ...unsteady.map(({ id }) => id)]);
  return {
    runs,
    newlyFailing: failed.filter((id) => fates.get(id)?.at(-2) === 'passed'),
    unsteady: unsteady.sort((one, other) => other.failed / other.ran - one.failed / one.ran),
    past: new Map([...fates].filter(([id]) => shown.has(id)).map(([id, all]) => [id, all.slice(-MOST_PAST)])),
  };
}

/** A test that fails ever since it began to is broken, not unsteady. */
function unsteadyTest(id: string, fates: readonly Fate[]): UnsteadyTest[] {
  const failed = fates.filter((fate) => fate !== 'passed').length;
  const changes = fates.filter((fate, index) => index > 0 && fate !== fates[index - 1]).length;
  const isUnsteady = fates.length >= LEAST_RUNS && (changes > 1 || fates.includes('flaky'));
  return isUnsteady ? [{ id, failed, ran: fates.length }] : [];
}
