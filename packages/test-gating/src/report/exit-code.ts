import type { Ledger } from '../ledger/schema.js';

/** Exit codes of `drydock`. */
export const EXIT = { ok: 0, mechanism: 1, usage: 2, harness: 3, environment: 4 } as const;

/** The worst of a run's outcomes, in the order usage, harness, mechanism, environment. */
export function exitCodeOf(ledger: Ledger): number {
  const classes = new Set(
    ledger.tests.flatMap(({ failure }) => (failure === undefined ? [] : [failure.class])),
  );
  if (classes.has('harness') || nothingRan(ledger)) return EXIT.harness;
  if (classes.has('mechanism')) return EXIT.mechanism;
  return classes.has('environment') ? EXIT.environment : EXIT.ok;
}

/**
 * The code of one package's part of a run. A package none of whose tests needs what was granted has nothing to answer
 * for; whether the run as a whole proved something is judged where all parts are known.
 */
export function exitCodeOfPart(ledger: Ledger): number {
  const { tests, granted } = ledger;
  const isConcerned = tests.some(
    ({ markers, failure }) => failure !== undefined || markers.some((marker) => granted.includes(marker)),
  );
  return isConcerned ? exitCodeOf(ledger) : EXIT.ok;
}

/** A networked level in which no test ran is never green; one whose services are all unavailable has said why. */
function nothingRan({ scope, totals }: Ledger): boolean {
  return scope !== 'none' && totals.passed + totals.failed + totals.unavailable === 0;
}
