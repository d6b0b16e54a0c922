import { CONNECTIVITY, findProject, type Registry } from '@drydock/workspace';
import { checkEndpoints, writeConnectivityLedgers } from '../../endpoints/check-endpoints.js';
import { openEndpointEnvironment } from '../../endpoints/endpoint-environment.js';
import { findEndpoints } from '../../endpoints/find-endpoints.js';
import { mergeLedgers } from '../../ledger/merge.js';
import { EXIT, verdictOfPart } from '../../report/exit-code.js';
import { formatFailures } from '../../report/failures.js';
import { formatSummary } from '../../report/summary.js';

/**
 * Checks the server or the provider of the package around a folder and writes the result into its ledger as tests, as
 * the Nx target of that package does. Returns the exit code of this part of a run.
 *
 * @throws UsageError for a malformed variable.
 */
export async function connectivity(folder: string, registry: Registry): Promise<number> {
  const project = findProject(folder);
  const settings = await openEndpointEnvironment(folder);
  const all = findEndpoints(folder, settings);
  const own = all.filter(({ packageName }) => packageName === project.name);
  const checked = await checkEndpoints(own.length === 0 ? all : own, settings, {
    level: CONNECTIVITY,
    granted: [CONNECTIVITY],
    scope: 'lan+public',
  });
  writeConnectivityLedgers(checked, project.workspaceRoot);
  if (checked.ledgers.length === 0) {
    process.stdout.write(
      ' No package here describes a backend or a provider, so there was nothing to check.\n',
    );
    return EXIT.harness;
  }
  const ledger = mergeLedgers(checked.ledgers);
  process.stdout.write(`${[...formatFailures(ledger), formatSummary(ledger, registry)].join('\n')}\n`);
  return verdictOfPart(ledger).code;
}
