import type { Ledger } from '../../ledger/schema.js';
import { causesOf, commandAgain, drydockCommand, type FailedTest, kindOf, levelName } from '../outcome.js';
import { oneLine } from '../printable.js';

const MOST_CAUSES = 5;
const MOST_TESTS = 3;

/** Short text of a run for a coding agent: the causes of failures, whose fault they are, the next command. */
export function agentText(ledger: Ledger, exitCode: number): string {
  const { passed, failed, gated, skipped, unavailable } = ledger.totals;
  const counts = `${passed} passed, ${failed} failed, ${gated} gated, ${skipped} skipped, ${unavailable} unavailable`;
  const causes = causesOf(ledger);
  return [
    `drydock ${oneLine(levelName(ledger))}: ${counts}; exit ${exitCode}`,
    ...unavailableServices(ledger),
    ...ledger.tests
      .filter(({ flaky }) => flaky)
      .slice(0, MOST_TESTS)
      .map(({ id, reason = '' }) => `flaky: ${oneLine(id)}: ${oneLine(reason)}`),
    ...causes
      .slice(0, MOST_CAUSES)
      .flatMap((cause, index) => [
        `${index + 1}. ${kindOf(cause)}, ${cause.failures.length} ${cause.failures.length === 1 ? 'test' : 'tests'}: ${oneLine(cause.evidence)}`,
        `   fix: ${oneLine(cause.remedy)}`,
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

/** The next command for the worst failure. */
function nextCommand(ledger: Ledger, exitCode: number): string {
  const failures = causesOf(ledger).flatMap(({ failures }) => failures);
  const first = (failureClass: string) => failures.find(({ failure }) => failure.class === failureClass);
  const inCode = first('harness') ?? first('mechanism');
  if (inCode) return commandAgain(inCode, ledger);
  const inEnvironment = first('environment');
  if (inEnvironment) return drydockCommand(`doctor ${inEnvironment.backend ?? ''}`.trim());
  return exitCode === 0 ? 'nothing; all well' : drydockCommand('explain');
}
