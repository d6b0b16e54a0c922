import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LEDGER, UsageError } from '@drydock/workspace';
import { readRegularFile } from '../project/regular-file.js';
import { LEDGER_VERSION, type Ledger } from './schema.js';

/** Far more than the largest run's; a ledger may be somebody else's. */
const MOST_BYTES = 500 * 1024 * 1024;

/** Replaces half a surrogate pair, which other JSON readers reject and the name of a test may hold. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;
}

/** Writes a ledger in one step, so that a reader never sees half of it. */
export function writeLedger(path: string, ledger: Ledger): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify(ledger, wellFormed, 1)}\n`);
  renameSync(partial, path);
}

/**
 * Reads a ledger.
 *
 * @throws UsageError when the file is not a ledger of this version.
 */
export function readLedger(path: string): Ledger {
  const ledger = parse(path);
  if (ledger?.schemaVersion !== LEDGER_VERSION || !isWhole(ledger)) {
    throw new UsageError(
      `${path} is not a ledger of version ${LEDGER_VERSION}. Run the tests again to write a new one.`,
    );
  }
  return ledger as Ledger;
}

/** Ledgers of all projects that took part in a run. */
export function readProjectLedgers(runFolder: string): Ledger[] {
  return readdirSync(runFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(runFolder, entry.name, LEDGER)))
    .map((entry) => readLedger(join(runFolder, entry.name, LEDGER)));
}

/** Whether the parts that a reader relies on are there; a file may be cut off, or written by hand. */
function isWhole({
  tests,
  granted,
  scope,
  services,
  env,
  guard,
  totals,
  startedAt,
}: Partial<Ledger>): boolean {
  const lists = [tests, granted, services, env, guard?.blocked];
  const isDated = typeof startedAt === 'string' && !Number.isNaN(Date.parse(startedAt));
  return (
    lists.every(Array.isArray) &&
    isDated &&
    typeof scope === 'string' &&
    typeof totals === 'object' &&
    totals !== null
  );
}

function parse(path: string): Partial<Ledger> | undefined {
  try {
    return JSON.parse(readRegularFile(path, MOST_BYTES).toString('utf8')) as Partial<Ledger>;
  } catch {
    return undefined;
  }
}
