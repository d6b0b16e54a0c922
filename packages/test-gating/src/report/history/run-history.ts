import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Ledger, Totals } from '../../ledger/schema.js';

/** How many runs are kept. */
const MOST_RUNS = 50;
const SUFFIX = '.json.gz';
const MOST_BYTES = 64 * 1024 * 1024;

/** How a test that ran came out. */
export type Fate = 'passed' | 'failed' | 'flaky';

/** What is kept of a run: numbers and names, no message and no output. */
export interface RunRecord {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly level: string;
  readonly commit?: string;
  /** Whether only some tests were selected. */
  readonly isPart: boolean;
  readonly totals: Totals;
  /** Of each test that ran, by its id. */
  readonly fates: Readonly<Record<string, Fate>>;
}

/** Reduces a ledger to its record. */
export function recordOf(ledger: Ledger, isPart: boolean): RunRecord {
  const { startedAt, durationMs, level, totals, tests, run } = ledger;
  const ran = tests.filter(({ status }) => status === 'passed' || status === 'failed');
  return {
    startedAt,
    durationMs,
    level,
    ...(run?.commit && { commit: run.commit }),
    isPart,
    totals,
    fates: Object.fromEntries(
      ran.map(({ id, status, flaky }) => [id, flaky ? 'flaky' : (status as 'passed' | 'failed')]),
    ),
  };
}

/** Keeps a run in a file of its own, so that two runs at once lose nothing, and removes the oldest beyond fifty. */
export function keepRun(folder: string, record: RunRecord): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  const name = `${record.startedAt.replace(/[^\d]/g, '')}-${randomUUID().slice(0, 8)}${SUFFIX}`;
  writeFileSync(join(folder, name), gzipSync(JSON.stringify(record)));
  for (const old of namesIn(folder).slice(0, -MOST_RUNS)) rmSync(join(folder, old), { force: true });
}

/** Earlier runs, the oldest first; a file that cannot be read is left out. */
export function readHistory(folder: string): RunRecord[] {
  return namesIn(folder).flatMap((name) => {
    try {
      const bytes = gunzipSync(readFileSync(join(folder, name)), { maxOutputLength: MOST_BYTES });
      const record = JSON.parse(bytes.toString('utf8')) as RunRecord;
      return record.fates && record.totals ? [record] : [];
    } catch {
      // Another run has just removed or not yet finished it.
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(SUFFIX))
      .sort();
  } catch {
    return [];
  }
}
