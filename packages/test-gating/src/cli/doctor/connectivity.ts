import { CONNECTIVITY, type Registry } from '@drydock/workspace';
import { findProject } from '@drydock/workspace/reader';
import { askEndpoints, writeAsked } from '../../endpoints/check-endpoints.js';
import { openEndpointEnvironment } from '../../endpoints/endpoint-environment.js';
import { findEndpoints } from '../../endpoints/find-endpoints.js';
import { mergeLedgers } from '../../ledger/merge.js';
import { EXIT, exitCodeOfPart } from '../../report/exit-code.js';
import { formatFailures } from '../../report/failures.js';
import { formatSummary } from '../../report/summary.js';

/**
 * Asks the server or the provider of the package around a folder, and keeps the answer as tests in the ledger: what an
 * Nx target does for one package. Returns the exit code of this part.
 *
 * @throws UsageError for a malformed variable.
 */
export async function connectivity(folder: string, registry: Registry): Promise<number> {
  const project = findProject(folder);
  const settings = await openEndpointEnvironment(folder);
  const all = findEndpoints(folder, settings);
  const own = all.filter(({ packageName }) => packageName === project.name);
  const asked = await askEndpoints(own.length === 0 ? all : own, settings, {
    level: CONNECTIVITY,
    granted: [CONNECTIVITY],
    scope: 'lan+public',
  });
  writeAsked(asked, project.workspaceRoot);
  if (asked.ledgers.length === 0) {
    process.stdout.write(
      ' No package here describes a backend or a provider, so there was nothing to ask.\n',
    );
    return EXIT.harness;
  }
  const ledger = mergeLedgers(asked.ledgers);
  process.stdout.write(`${[...formatFailures(ledger), formatSummary(ledger, registry)].join('\n')}\n`);
  return exitCodeOfPart(ledger);
}
