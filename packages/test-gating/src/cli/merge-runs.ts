import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LEDGER, UsageError } from '@drydock/workspace';
import { mergeLedgers } from '../ledger/merge.js';
import { mergeDuplicates } from '../ledger/merge-duplicates.js';
import type { Ledger } from '../ledger/schema.js';
import { readLedger } from '../ledger/store.js';

/** Several runs as one. */
export interface MergedRuns {
  readonly ledger: Ledger;
  /** Number of ledgers, each counted once. */
  readonly count: number;
  /** Lines on what was given more than once. */
  readonly duplicates: readonly string[];
  /** Lines on shards that are missing; a run without them proves nothing of their tests. */
  readonly gaps: readonly string[];
}

/**
 * Reads and merges ledgers, and tells what is missing and what is there twice.
 *
 * @throws UsageError where a place holds no ledger.
 */
export function mergeRuns(places: readonly string[], cwd: string): MergedRuns {
  const given = places.map((place) => ({ place, ledger: readLedger(ledgerAt(resolve(cwd, place))) }));
  const known = new Map<string, string>();
  const repeated: string[] = [];
  const ledgers = given.flatMap(({ place, ledger }) => {
    const text = JSON.stringify(ledger);
    const first = known.get(text);
    if (first === undefined) known.set(text, place);
    else repeated.push(`${place} is the same run as ${first}; it counts once.`);
    return first === undefined ? [ledger] : [];
  });
  return {
    ledger: mergeDuplicates(mergeLedgers(ledgers)),
    count: ledgers.length,
    duplicates: [...repeated, ...testsInSeveral(ledgers)],
    gaps: missingShards(ledgers),
  };
}

/**
 * Path of an existing file.
 *
 * @throws UsageError where there is none.
 */
export function requireFile(path: string): string {
  if (existsSync(path)) return path;
  throw new UsageError(
    `${path}: no ledger there. Run the tests with npx --no-install drydock run, or name the folder that holds ${LEDGER}.`,
  );
}

function ledgerAt(path: string): string {
  return requireFile(existsSync(path) && statSync(path).isDirectory() ? join(path, LEDGER) : path);
}

function testsInSeveral(ledgers: readonly Ledger[]): string[] {
  const ran = ledgers.flatMap(({ tests }) =>
    tests.filter(({ status }) => status === 'passed' || status === 'failed').map(({ id }) => id),
  );
  const count = ran.length - new Set(ran).size;
  return count === 0
    ? []
    : [
        `${count} ${count === 1 ? 'test' : 'tests'} ran in more than one of these runs; the worst result counts.`,
      ];
}

/** Each ledger of a sharded run says how many there are. */
function missingShards(ledgers: readonly Ledger[]): string[] {
  const shards = ledgers.flatMap(({ shard }) => shard ?? []);
  const counts = [...new Set(shards.map(({ count }) => count))];
  return counts.flatMap((count) => {
    const present = shards.filter((shard) => shard.count === count).map(({ index }) => index);
    const missing = Array.from({ length: count }, (_, index) => index + 1).filter(
      (index) => !present.includes(index),
    );
    return missing.map((index) => `Shard ${index} of ${count} is missing.`);
  });
}
