import { createRedactor } from '@drydock/redaction';
import { type PreflightReport, preflight } from '@drydock/triage/preflight';
import { ledgerInRun } from '@drydock/workspace';
import type { EnvironmentProblem } from '../environment/environment-usage-error.js';
import { LEDGER_VERSION, type Ledger, totalsOf } from '../ledger/schema.js';
import { writeLedger } from '../ledger/store.js';
import type { Endpoint } from './endpoint.js';
import type { EndpointEnvironment } from './endpoint-environment.js';
import { recordEndpoint } from './endpoint-record.js';

/** Result of checking endpoints. */
export interface PreflightResult {
  readonly report: PreflightReport;
  /** A ledger for each package that uses one of the endpoints. */
  readonly ledgers: readonly Ledger[];
  /** Malformed variables of the endpoints; those of no endpoint are among them. */
  readonly malformed: readonly EnvironmentProblem[];
}

/** Level of the run that checks, for its ledgers. */
export type RunLevel = Pick<Ledger, 'level' | 'granted' | 'scope'>;

/** Checks all endpoints at once and records one test for each. */
export async function checkEndpoints(
  endpoints: readonly Endpoint[],
  settings: EndpointEnvironment,
  level: RunLevel,
  malformed: readonly EnvironmentProblem[] = [],
): Promise<PreflightResult> {
  const targets = endpoints.flatMap(({ target }) => target ?? []);
  const report = await preflight(targets, { env: settings.env });
  const packages = [...new Set(endpoints.map(({ packageName }) => packageName))];
  const ledgers = packages.map((name) =>
    ledgerOf(endpoints.filter(({ packageName }) => packageName === name)),
  );
  return createRedactor({ values: settings.secrets, commonValues: endpoints.map(({ name }) => name) }).value({
    report,
    ledgers,
    malformed,
  }) as PreflightResult;

  function ledgerOf(own: readonly Endpoint[]): Ledger {
    const records = own.map((endpoint) => {
      const check = endpoint.target && report.endpoints[targets.indexOf(endpoint.target)];
      return recordEndpoint(endpoint, check, report.sandbox, settings.triage);
    });
    const tests = records.map(({ test }) => test);
    return {
      schemaVersion: LEDGER_VERSION,
      startedAt: report.startedAt,
      durationMs: report.durationMs,
      ...level,
      guard: { workers: 0, active: 0, blocked: [] },
      services: records.map(({ service }) => service),
      env: own.flatMap((endpoint) => endpoint.settings),
      tests,
      totals: totalsOf(tests),
    };
  }
}

/** Writes a ledger for each package beside that of its tests, where the run merges them. */
export function writeConnectivityLedgers({ ledgers }: PreflightResult, runFolder: string): void {
  for (const ledger of ledgers) {
    const project = ledger.tests[0]?.project ?? 'root';
    writeLedger(ledgerInRun(runFolder, `${project}-connectivity`), ledger);
  }
}
