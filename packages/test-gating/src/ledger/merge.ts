import { widestScope } from '@drydock/workspace';
import { LEDGER_VERSION, type Ledger, totalsOf } from './schema.js';

/** Merges the ledgers of several projects, shards or machines into one. */
export function mergeLedgers(ledgers: readonly Ledger[]): Ledger {
  const tests = ledgers.flatMap((ledger) => ledger.tests);
  const starts = ledgers.map(({ startedAt }) => Date.parse(startedAt));
  const ends = ledgers.map(({ durationMs }, index) => (starts[index] ?? 0) + durationMs);
  const first = Math.min(...starts, Date.now());
  return {
    schemaVersion: LEDGER_VERSION,
    startedAt: new Date(first).toISOString(),
    durationMs: Math.max(0, ...ends.map((end) => end - first)),
    level: ledgers[0]?.level ?? 'test',
    granted: unique(ledgers.flatMap(({ granted }) => granted)),
    scope: widestScope(ledgers.map(({ scope }) => scope)),
    guard: {
      workers: sum(ledgers.map(({ guard }) => guard.workers)),
      active: sum(ledgers.map(({ guard }) => guard.active)),
      blocked: ledgers.flatMap(({ guard }) => guard.blocked),
      ...namespaceOf(ledgers),
    },
    services: mergeServices(ledgers.flatMap(({ services }) => services)),
    env: uniqueBy(
      ledgers.flatMap(({ env }) => env),
      ({ name }) => name,
    ),
    tests,
    ...(ledgers.length > 0 && ledgers.every(({ allowsNoTests }) => allowsNoTests) && { allowsNoTests: true }),
    ...cutShortOf(ledgers),
    ...shardOf(ledgers),
    ...unhashedOf(ledgers),
    totals: totalsOf(tests),
    ...preflightOf(ledgers),
  };
}

/** Milliseconds in which at least one of several runs was going on: they may be days apart, or at once. */
export function timeOf(ledgers: readonly Pick<Ledger, 'startedAt' | 'durationMs'>[]): number {
  const spans = ledgers
    .map(({ startedAt, durationMs }) => ({
      start: Date.parse(startedAt),
      end: Date.parse(startedAt) + durationMs,
    }))
    .sort((one, other) => one.start - other.start);
  let total = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { start, end } of spans) {
    total += Math.max(0, end - Math.max(start, covered));
    covered = Math.max(covered, end);
  }
  return total;
}

function cutShortOf(ledgers: readonly Ledger[]): Pick<Ledger, 'cutShort'> {
  const cutShort = ledgers.find((ledger) => ledger.cutShort)?.cutShort;
  return cutShort === undefined ? {} : { cutShort };
}

/** The shard that all parts are of: the projects of a workspace run the same one. */
function shardOf(ledgers: readonly Ledger[]): Pick<Ledger, 'shard'> {
  const [shard] = ledgers.map((ledger) => ledger.shard);
  const isCommon = ledgers.every((ledger) => ledger.shard?.index === shard?.index);
  return shard && isCommon ? { shard } : {};
}

function unhashedOf(ledgers: readonly Ledger[]): Pick<Ledger, 'unhashed'> {
  const unhashed = ledgers.flatMap((ledger) => ledger.unhashed ?? []);
  return unhashed.length === 0 ? {} : { unhashed };
}

function preflightOf(ledgers: readonly Ledger[]): Pick<Ledger, 'preflight'> {
  const preflight = ledgers.findLast((ledger) => ledger.preflight)?.preflight;
  return preflight === undefined ? {} : { preflight };
}

/** A backend is available if it was in any part of the run: one part may start what another has no settings for. */
function mergeServices(services: Ledger['services']): Ledger['services'] {
  const byBackend = new Map<string, Ledger['services'][number]>();
  for (const service of services) {
    if (byBackend.get(service.backend)?.status !== 'available') byBackend.set(service.backend, service);
  }
  return [...byBackend.values()];
}

/** The network namespace, where all parts of the run were in one. */
function namespaceOf(ledgers: readonly Ledger[]): { wall?: string } {
  const [wall, ...others] = unique(ledgers.map(({ guard }) => guard.wall ?? ''));
  return wall && others.length === 0 ? { wall } : {};
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
