import colors from 'picocolors';
import type { Ledger, LedgerTest } from '../ledger/schema.js';

const SHOWN = 20;
const DETAIL_LINES = 14;

/** Each failed test with what was seen, then the causes they share with what to do next. */
export function formatFailures({ tests }: Ledger): string[] {
  const failed = tests.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return [];
  const shown = failed.slice(0, SHOWN).flatMap(formatFailure);
  const rest =
    failed.length > SHOWN ? [` … and ${failed.length - SHOWN} more in .drydock/ledger.json`, ''] : [];
  return [...shown, ...rest, ...causes(failed), ''];
}

function formatFailure({ id, failure }: LedgerTest): string[] {
  const detail = (failure?.detail ?? failure?.evidence ?? '').split('\n').slice(0, DETAIL_LINES);
  return [` ${colors.red('✖')} ${id}`, ...detail.map((line) => `   ${line}`), ''];
}

function causes(failed: readonly LedgerTest[]): string[] {
  const groups = new Map<string, LedgerTest[]>();
  for (const test of failed) {
    const key = `${test.failure?.class}\n${test.failure?.code}\n${test.failure?.remedy}`;
    groups.set(key, [...(groups.get(key) ?? []), test]);
  }
  const heading = ` ${failed.length} ${failed.length === 1 ? 'failure' : 'failures'}, ${groups.size === 1 ? 'one cause' : `${groups.size} causes`}`;
  const lines = [...groups.values()].flatMap((group) => {
    const failure = group[0]?.failure;
    return [
      `   ${failure?.class} / ${failure?.code}   ${failure?.evidence}`,
      `   remedy   ${failure?.remedy}`,
    ];
  });
  return [heading, ...lines];
}
