import { createRedactor } from '@drydock/redaction';
import { judgeEndpoint, preflight } from '@drydock/triage/preflight';
import { suggestion, UsageError } from '@drydock/workspace';
import type { Endpoint } from '../../endpoints/endpoint.js';
import { openEndpointEnvironment } from '../../endpoints/endpoint-environment.js';
import { findEndpoints } from '../../endpoints/find-endpoints.js';
import { withoutMalformed } from '../../endpoints/malformed.js';
import type { EnvironmentProblem } from '../../environment/environment-usage-error.js';
import { EXIT } from '../../report/exit-code.js';
import type { Diagnosis, EndpointDiagnosis } from './doctor-report.js';
import { formatDiagnosis } from './doctor-text.js';

/**
 * Prints the sandbox, the origin of each variable, and the result of checking each backend and provider; returns the
 * exit code.
 *
 * A malformed variable is one of the results, and the rest is checked without it.
 *
 * @throws UsageError for an unknown name or a file that cannot be read.
 */
export async function doctor(names: readonly string[], folder: string, json: boolean): Promise<number> {
  const malformed: EnvironmentProblem[] = [];
  const settings = await openEndpointEnvironment(folder, {
    onMalformed: (problems) => malformed.push(...problems),
  });
  const found = withoutMalformed(findEndpoints(folder, settings), malformed);
  const endpoints = chosen(names, found);
  const targets = endpoints.flatMap(({ target }) => target ?? []);
  const report = await preflight(targets, { env: settings.env });
  const diagnosis: Diagnosis = {
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    startedAt: report.startedAt,
    durationMs: report.durationMs,
    sandbox: report.sandbox,
    environment: settings.provenance.filter(({ name }) => settings.env[name]),
    malformed,
    unset: endpoints.flatMap(({ variables }) => variables.filter((name) => !settings.env[name])),
    endpoints: endpoints.map((endpoint) => diagnose(endpoint)),
  };
  const shown = createRedactor({
    values: settings.secrets,
    commonValues: endpoints.map(({ name }) => name),
  }).value(diagnosis) as Diagnosis;
  process.stdout.write(`${json ? JSON.stringify(shown, undefined, 2) : formatDiagnosis(shown)}\n`);
  if (malformed.length > 0) return EXIT.usage;
  return shown.endpoints.some(({ state }) => state === 'failed') ? EXIT.environment : EXIT.ok;

  function diagnose({
    name,
    kind,
    packageName,
    settings: set,
    absence,
    target,
    malformed: problem,
  }: Endpoint): EndpointDiagnosis {
    const common = { name, kind, packageName, settings: set };
    const check = target && report.endpoints[targets.indexOf(target)];
    if (check === undefined) {
      const state = problem ? 'malformed' : 'not configured';
      return { ...common, state, reason: absence ?? 'not configured' };
    }
    const judged = judgeEndpoint(check, report.sandbox, settings.triage);
    return {
      ...common,
      state: check.ok ? 'ok' : 'failed',
      check,
      ...(judged && { verdict: judged.verdict }),
    };
  }
}

function chosen(names: readonly string[], endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const known = endpoints.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`Unknown backend or provider '${unknown}'. ${suggestion(unknown, known)}`);
  return names.length === 0 ? endpoints : endpoints.filter(({ name }) => names.includes(name));
}
