import type { Ledger } from '../../ledger/schema.js';
import { causesOf, commandAgain, type FailedTest, kindOf, levelName } from '../outcome.js';
import { oneLine } from '../printable.js';

const MOST_CAUSES = 5;
const MOST_TESTS = 3;

/** A run in few words, for a coding agent: what failed, whose fault it is, the next command. */
export function agentText(ledger: Ledger, exitCode: number): string {
  const { passed, failed, gated, skipped, unavailable } = ledger.totals;
  const counts = `${passed} passed, ${failed} failed, ${gated} gated, ${skipped} skipped, ${unavailable} unavailable`;
  const causes = causesOf(ledger);
  return [
    `drydock ${oneLine(levelName(ledger))}: ${counts}; exit ${exitCode}`,
    ...unavailableServices(ledger),
    ...causes
      .slice(0, MOST_CAUSES)
      .flatMap((cause, index) => [
        `${index + 1}. ${kindOf(cause)}, ${cause.failures.length} ${cause.failures.length === 1 ? 'test' : 'tests'}: ${oneLine(cause.evidence)}`,
        `   do: ${oneLine(cause.remedy)}`,
        ...testLines(cause.failures),
      ]),
    ...(causes.length > MOST_CAUSES
      ? [`… ${causes.length - MOST_CAUSES} more causes in .drydock/ledger.json`]
      : []),
    `next: ${nextCommand(ledger, exitCode)}`,
  ].join('\n');
}

function unavailableServices({ services }: Ledger): string[] {
  return services
    .filter(({ status }) => status === 'unavailable')
    .map(({ backend, reason }) => `unavailable: ${backend}: ${oneLine(reason ?? 'no reason given')}`);
}

function testLines(failures: readonly FailedTest[]): string[] {
  const shown = failures.slice(0, MOST_TESTS).map(({ id }) => `   test: ${oneLine(id)}`);
  const more = failures.length - shown.length;
  return more > 0 ? [...shown, `   … ${more} more`] : shown;
}

/** The command that brings the worst of what failed further. */
function nextCommand(ledger: Ledger, exitCode: number): string {
  const failures = causesOf(ledger).flatMap(({ failures }) => failures);
  const first = (its: string) => failures.find(({ failure }) => failure.class === its);
  const own = first('harness') ?? first('mechanism');
  if (own) return commandAgain(own, ledger);
  const outside = first('environment');
  if (outside) return `npx drydock doctor${outside.backend ? ` ${outside.backend}` : ''}`;
  return exitCode === 0 ? 'nothing; all well' : 'npx drydock explain';
}
