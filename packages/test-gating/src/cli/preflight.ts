import { acquire, discoverServices, ServiceError } from '@drydock/services';
import { discoverVariables } from '../environment/index.js';
import { scopeOf } from '../grants/grants.js';
import { LEDGER_VERSION, type Ledger, type LedgerTest, totalsOf } from '../ledger/schema.js';
import { listPackages } from '../project/packages.js';
import { findProject } from '../project/workspace.js';
import { absenceAsFailure } from '../services/desk.js';
import { UsageError } from '../usage-error.js';
import { openEnvironment } from '../vitest/open-environment.js';
import type { RunRequest } from './run-options.js';

/**
 * Asks every configured server whether it is there before anything is started, so that a wrong address costs seconds.
 * Returns a ledger of the failures, or undefined when all is well.
 *
 * @throws UsageError for a malformed variable.
 */
export async function preflight(request: RunRequest): Promise<Ledger | undefined> {
  const { grants, registry, workspaceRoot } = request;
  const scope = scopeOf(grants.granted, registry);
  if (scope === 'none') return undefined;
  // A copy: each project loads the files itself, and Nx is not to see what they hold.
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DRYDOCK_LEVEL: grants.level,
    DRYDOCK_RUN: grants.granted.join(','),
  };
  const { variables: provenance } = openEnvironment(
    {
      policy: {},
      project: findProject(workspaceRoot),
      variables: discoverVariables(listPackages(workspaceRoot)),
    },
    env,
  );
  const provenanceOf = (name: string) => provenance.find((variable) => variable.name === name)?.provenance;
  const configured = scope.includes('lan')
    ? discoverServices(workspaceRoot).filter(({ variables }) =>
        Object.keys(variables).some((name) => env[name]),
      )
    : [];
  const checks = configured.map(async (record): Promise<LedgerTest[]> => {
    try {
      const service = await acquire(await record.load(), { env, provenanceOf, ways: ['configured'] });
      await service.stop();
      return [];
    } catch (error) {
      // A variable beside the address may be set alone, a key for instance: then nobody configured the server.
      if (!ServiceError.isInstance(error)) throw error;
      if (error.kind === 'configured-invalid') throw new UsageError(error.message);
      return error.kind === 'unavailable' ? [] : [absenceAsFailure(error, record.packageName)];
    }
  });
  const tests = (await Promise.all(checks)).flat();
  return tests.length === 0 ? undefined : ledgerOf(tests, request, scope, provenance);
}

function ledgerOf(
  tests: LedgerTest[],
  { grants }: RunRequest,
  scope: Ledger['scope'],
  env: Ledger['env'],
): Ledger {
  const services = tests.map(({ backend = '', failure }) => ({
    backend,
    status: 'unavailable' as const,
    reason: failure?.evidence ?? '',
    remedy: failure?.remedy ?? '',
  }));
  return {
    schemaVersion: LEDGER_VERSION,
    startedAt: new Date().toISOString(),
    durationMs: 0,
    level: grants.level,
    granted: grants.granted,
    scope,
    guard: { workers: 0, active: 0, blocked: [] },
    services,
    env,
    tests,
    totals: totalsOf(tests),
  };
}
