import { join } from 'node:path';
import { createRedactor } from '@drydock/redaction';
import { type PreflightReport, preflight } from '@drydock/triage/preflight';
import { ledgerFolder } from '@drydock/workspace';
import { LEDGER_VERSION, type Ledger, totalsOf } from '../ledger/schema.js';
import { writeLedger } from '../ledger/store.js';
import type { Endpoint } from './endpoint.js';
import type { EndpointEnvironment } from './endpoint-environment.js';
import { recordEndpoint } from './endpoint-record.js';

/** What asking endpoints came to. */
export interface Asked {
  readonly report: PreflightReport;
  /** A ledger for each package that speaks to one of them. */
  readonly ledgers: readonly Ledger[];
}

/** What the ledgers say of the run that asked. */
export type AskedBy = Pick<Ledger, 'level' | 'granted' | 'scope'>;

/** Checks all endpoints at once and writes down one test for each. */
export async function askEndpoints(
  endpoints: readonly Endpoint[],
  settings: EndpointEnvironment,
  by: AskedBy,
): Promise<Asked> {
  const targets = endpoints.flatMap(({ target }) => target ?? []);
  const report = await preflight(targets, { env: settings.env });
  const packages = [...new Set(endpoints.map(({ packageName }) => packageName))];
  const ledgers = packages.map((name) =>
    ledgerOf(endpoints.filter(({ packageName }) => packageName === name)),
  );
  return createRedactor({ values: settings.secrets }).value({ report, ledgers }) as Asked;

  function ledgerOf(own: readonly Endpoint[]): Ledger {
    const records = own.map((endpoint) => {
      const check = endpoint.target && report.endpoints[targets.indexOf(endpoint.target)];
      return recordEndpoint(endpoint, check, report.sandbox);
    });
    const tests = records.map(({ test }) => test);
    return {
      schemaVersion: LEDGER_VERSION,
      startedAt: report.startedAt,
      durationMs: report.durationMs,
      ...by,
      guard: { workers: 0, active: 0, blocked: [] },
      services: records.map(({ service }) => service),
      env: own.flatMap((endpoint) => endpoint.settings),
      tests,
      totals: totalsOf(tests),
    };
  }
}

/** Keeps each package's part beside the ledger of its tests, from where a run merges them. */
export function writeAsked({ ledgers }: Asked, workspaceRoot: string): void {
  for (const ledger of ledgers) {
    const project = ledger.tests[0]?.project ?? 'root';
    writeLedger(join(ledgerFolder(workspaceRoot, `${project}-connectivity`), 'ledger.json'), ledger);
  }
}
