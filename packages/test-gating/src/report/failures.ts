import type { ErrorFacts } from '@drydock/triage';
import colors from 'picocolors';
import type { Ledger } from '../ledger/schema.js';
import { detailOf } from './failure-detail.js';
import {
  type CauseOfTests,
  causesOf,
  commandFor,
  commandForFailed,
  countOf,
  type FailedTest,
  kindOf,
  placeOf,
} from './outcome.js';
import { oneLine } from './printable.js';
import { wrapped } from './wrapped.js';

const MOST_CAUSES = 20;
const EVIDENCE_LENGTH = 240;
const SAID_BESIDE = /^(?:HarnessError|AssertionError): |(?: \(scope none\))? \(ERR_DRYDOCK_\w+\)$/g;
const PAINT = {
  environment: colors.yellow,
  harness: colors.magenta,
  mechanism: colors.red,
  unknown: colors.red,
};

/** How failures are shown. */
export interface FailureOptions {
  /** Columns of the terminal. @default no limit */
  readonly width?: number;
  /** Whether diff and source stand below each cause; Vitest's own reporter prints them too. @default true */
  readonly detail?: boolean;
}

/** The causes that a run's failures share: whose fault, which tests, where, what next, and how to run just these. */
export function formatFailures(ledger: Ledger, options: FailureOptions = {}): string[] {
  const causes = causesOf(ledger);
  if (causes.length === 0) return [];
  const more = causes.length - MOST_CAUSES;
  return [
    ` ${countOf(causes)}`,
    ...causes.slice(0, MOST_CAUSES).flatMap((cause) => [...formatCause(cause, ledger, options), '']),
    ...(more > 0 ? [` … and ${more} more causes in the page`] : []),
    ...(causes.length > 1 ? [` all of them   ${commandForFailed(ledger)}`] : []),
  ].slice(0, causes.length === 1 ? -1 : undefined);
}

function formatCause(
  cause: CauseOfTests,
  ledger: Ledger,
  { width = Number.POSITIVE_INFINITY, detail = true }: FailureOptions,
): string[] {
  const { failures } = cause;
  const [first] = failures;
  if (first === undefined) return [];
  const times = failures.length > 1 ? `${failures.length} × ` : '';
  const title = PAINT[cause.class](`✖ ${kindOf(cause)}`);
  const line = (label: string, text: string) => wrapped(`   ${label.padEnd(6)} `, text, width);
  const others = failures.length > 1 ? ` (+${failures.length - 1})` : '';
  const servers = serversOf(failures);
  return [
    ...wrapped(` ${title}   `, `${times}${shortened(cause.evidence)}`, width),
    ...(detail ? detailOf(first, width) : []),
    ...line('where', `${placeOf(first)}${others}`),
    ...(servers === '' ? [] : line('on', servers)),
    ...line('fix', oneLine(cause.remedy, 1_000)),
    // A command stays on one line, so that it can be copied; the terminal itself breaks it.
    `   ${'again'.padEnd(6)} ${commandFor(failures, ledger)}`,
  ];
}

/** Evidence without what class and level say beside it. */
function shortened(evidence: string): string {
  const text = evidence.replace(SAID_BESIDE, '');
  return text.length <= EVIDENCE_LENGTH ? text : `${text.slice(0, EVIDENCE_LENGTH)}…`;
}

/** How many failures each backend and provider had. */
function serversOf(failures: readonly FailedTest[]): string {
  const counts = new Map<string, number>();
  for (const { backend, failure } of failures) {
    const place = backend ?? originOf(failure.errors ?? []);
    if (place) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].map(([place, count]) => `${place} ${count}`).join(', ');
}

function originOf(errors: readonly ErrorFacts[]): string | undefined {
  return errors.map(({ origin, causes: deeper }) => origin ?? originOf(deeper ?? [])).find(Boolean);
}
