import { CONNECTIVITY, findProject, type Registry } from '@drydock/workspace';
import { checkEndpoints, writeConnectivityLedgers } from '../../endpoints/check-endpoints.js';
import { openEndpointEnvironment } from '../../endpoints/endpoint-environment.js';
import { findEndpoints } from '../../endpoints/find-endpoints.js';
import { problemsOf, withoutMalformed } from '../../endpoints/malformed.js';
import { type EnvironmentProblem, EnvironmentUsageError } from '../../environment/environment-usage-error.js';
import { mergeLedgers } from '../../ledger/merge.js';
import { EXIT, verdictOfPart } from '../../report/exit-code.js';
import { formatFailures } from '../../report/failures.js';
import { formatSummary } from '../../report/summary.js';

/**
 * Checks the server or the provider of the package around a folder and writes the result into its ledger as tests, as
 * the Nx target of that package does. Returns the exit code of this part of a run.
 *
 * A malformed variable is one of the results; the rest is checked without it, and the last lines name it.
 *
 * @throws UsageError for a file that cannot be read; for the malformed variables once the rest is shown.
 */
export async function connectivity(folder: string, registry: Registry): Promise<number> {
  const project = findProject(folder);
  const problems: EnvironmentProblem[] = [];
  const settings = await openEndpointEnvironment(folder, {
    onMalformed: (found) => problems.push(...found),
  });
  const all = withoutMalformed(findEndpoints(folder, settings), problems);
  const own = all.filter(({ packageName }) => packageName === project.name);
  const chosen = own.length === 0 ? all : own;
  const level = { level: CONNECTIVITY, granted: [CONNECTIVITY], scope: 'lan+public' } as const;
  const checked = await checkEndpoints(chosen, settings, level, problemsOf(chosen, all, problems));
  writeConnectivityLedgers(checked, project.workspaceRoot);
  const code = show(checked.ledgers, registry);
  if (checked.malformed.length > 0) throw new EnvironmentUsageError(checked.malformed);
  return code;
}

function show(ledgers: Parameters<typeof mergeLedgers>[0], registry: Registry): number {
  if (ledgers.length === 0) {
    process.stdout.write(
      ' No package here describes a backend or a provider, so there was nothing to check.\n',
    );
    return EXIT.harness;
  }
  const ledger = mergeLedgers(ledgers);
  process.stdout.write(`${[...formatFailures(ledger), formatSummary(ledger, registry)].join('\n')}\n`);
  return verdictOfPart(ledger).code;
}
