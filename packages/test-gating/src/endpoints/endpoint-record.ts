import type { ClassifyOptions } from '@drydock/triage';
import { type EndpointReport, judgeEndpoint } from '@drydock/triage/preflight';
import type { SandboxReport } from '@drydock/triage/sandbox';
import { CONNECTIVITY } from '@drydock/workspace';
import type { LedgerService, LedgerTest } from '../ledger/schema.js';
import type { Endpoint } from './endpoint.js';

/** An endpoint in the ledger, as a test and as a service. */
export interface EndpointRecord {
  readonly test: LedgerTest;
  readonly service: LedgerService;
}

/** Records the check of an endpoint; without a check, that nobody configured it. */
export function recordEndpoint(
  endpoint: Endpoint,
  check: EndpointReport | undefined,
  sandbox: SandboxReport,
  triage: ClassifyOptions,
): EndpointRecord {
  const { name, packageName, absence = 'not configured', settings } = endpoint;
  const title = `${name} > ${endpoint.malformed ? 'malformed' : (check?.endpoint ?? 'not configured')}`;
  const common = {
    id: `(connectivity)::${title}`,
    project: packageName,
    file: '',
    name: title,
    markers: [CONNECTIVITY],
    backend: name,
  };
  if (endpoint.malformed) {
    const { variable, problem, example } = endpoint.malformed;
    const remedy = `Correct or unset ${variable}${example === undefined ? '' : `; for example: ${variable}=${example}`}.`;
    const evidence = `${variable} ${problem}`;
    return {
      test: {
        ...common,
        status: 'failed',
        durationMs: 0,
        failure: {
          class: 'harness',
          subclass: 'malformed-variable',
          confidence: 1,
          code: 'MALFORMED',
          evidence,
          remedy,
        },
      },
      service: { backend: name, status: 'unavailable', reason: evidence, remedy },
    };
  }
  if (check === undefined) {
    return {
      test: { ...common, status: 'unavailable', reason: absence, durationMs: 0 },
      service: { backend: name, status: 'unavailable', reason: absence },
    };
  }
  const provenance = settings[0]?.provenance ?? '';
  const durationMs = Math.round(check.findings.reduce((sum, finding) => sum + finding.durationMs, 0));
  const judged = judgeEndpoint(check, sandbox, triage);
  if (judged === undefined) {
    const version = check.version === undefined ? {} : { version: check.version };
    return {
      test: { ...common, status: 'passed', durationMs },
      service: { backend: name, status: 'available', provenance, ...version },
    };
  }
  const { subclass, confidence, code, evidence, remedy } = judged.verdict;
  const set = settings.map((setting) => `${setting.name} from ${setting.provenance}`).join(', ');
  const seen = `${name} at ${check.endpoint} (${set}): ${judged.finding.step}: ${evidence}`;
  return {
    test: {
      ...common,
      status: 'failed',
      durationMs,
      failure: { class: 'environment', subclass, confidence, code, evidence: seen, remedy },
    },
    service: { backend: name, status: 'unavailable', provenance, reason: evidence, remedy },
  };
}
