import { type Cause, type ErrorFacts, sharedCauses } from '@drydock/triage';
import colors from 'picocolors';
import type { Failure, Ledger, LedgerTest } from '../ledger/schema.js';
import { kindOf } from './outcome.js';

const SHOWN = 20;
const DETAIL_LINES = 14;
const EVIDENCE_LENGTH = 240;

/** Each failed test with its evidence, then the causes they share with their remedies. */
export function formatFailures({ tests }: Ledger): string[] {
  const failed = tests.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return [];
  const shown = failed.slice(0, SHOWN).flatMap(formatFailure);
  const rest =
    failed.length > SHOWN ? [` … and ${failed.length - SHOWN} more in .drydock/ledger.json`, ''] : [];
  return [...shown, ...rest, ...formatCauses({ tests }), ''];
}

function formatFailure({ id, failure }: LedgerTest): string[] {
  const detail = (failure?.detail ?? failure?.evidence ?? '').split('\n').slice(0, DETAIL_LINES);
  return [` ${colors.red('✖')} ${id}`, ...detail.map((line) => `   ${line}`), ''];
}

/** The causes that a run's failures share, each once, with its remedy. */
export function formatCauses({ tests }: Pick<Ledger, 'tests'>): string[] {
  const failed = tests.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return [];
  const groups = sharedCauses(
    failed.flatMap((test) => (test.failure ? [{ test, failure: test.failure }] : [])),
    ({ failure }) => failure,
  );
  const heading = ` ${failed.length} ${failed.length === 1 ? 'failure' : 'failures'}, ${groups.length === 1 ? 'one cause' : `${groups.length} causes`}`;
  const shown = groups.slice(0, SHOWN).flatMap((cause) => [...formatCause(cause, groups.length), '']);
  const more = groups.length - SHOWN;
  return [heading, ...shown.slice(0, -1), ...(more > 0 ? [`   … and ${more} more causes`] : [])];
}

function formatCause(cause: Cause<{ test: LedgerTest; failure: Failure }>, among: number): string[] {
  const title = kindOf(cause);
  const times = among > 1 && cause.failures.length > 1 ? `${cause.failures.length} × ` : '';
  const where = placesOf(cause.failures);
  const line = (label: string, text: string) => `   ${label.padEnd(title.length)}   ${text}`;
  return [
    line(title, `${times}${shortened(cause.evidence)}`),
    line('remedy', cause.remedy),
    ...(where === '' ? [] : [line('where', where)]),
  ];
}

function shortened(evidence: string): string {
  return evidence.length <= EVIDENCE_LENGTH ? evidence : `${evidence.slice(0, EVIDENCE_LENGTH)}…`;
}

/** How many failures each backend and provider had. */
function placesOf(failures: readonly { test: LedgerTest; failure: Failure }[]): string {
  const counts = new Map<string, number>();
  for (const { test, failure } of failures) {
    const place = test.backend ?? originOf(failure.errors ?? []);
    if (place) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].map(([place, count]) => `${place} ${count}`).join(', ');
}

function originOf(errors: readonly ErrorFacts[]): string | undefined {
  return errors.map(({ origin, causes: deeper }) => origin ?? originOf(deeper ?? [])).find(Boolean);
}
