import { classLabel, sharedCauses, type Verdict } from '@drydock/triage';
import { type EndpointReport, type Finding, STEPS, type Step } from '@drydock/triage/preflight';
import colors from 'picocolors';
import { columns } from '../../report/columns.js';
import { drydockCommand } from '../../report/outcome.js';
import type { Diagnosis, EndpointDiagnosis } from './doctor-report.js';

const STEP_COLUMNS = ['dns', 'tcp', 'tls', 'login'] as const satisfies readonly Step[];
const HEADINGS = { service: 'services', provider: 'providers' } as const;

/** The diagnosis as text for people: the surroundings, each step of each endpoint, the remedies. */
export function formatDiagnosis(diagnosis: Diagnosis): string {
  const { platform, node, durationMs, endpoints } = diagnosis;
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  return [
    ` ${colors.bold('drydock')}  doctor · ${platform} · Node ${node} · ${seconds}`,
    '',
    ...surroundings(diagnosis),
    ...(['service', 'provider'] as const).flatMap((kind) => table(kind, endpoints)),
    ...warnings(endpoints),
    '',
    ...conclusion(diagnosis),
  ].join('\n');
}

function surroundings({ sandbox, environment, malformed, unset }: Diagnosis): string[] {
  const set = environment.map(({ name, provenance }) => ['', name, provenance]);
  const missing = [...new Set(unset)];
  return columns([
    ['sandbox', sandbox.evidence],
    ...set.map(([, ...rest], index) => [index === 0 ? 'environment' : '', ...rest]),
    ...malformed.map(({ variable, problem, example }) => [
      'malformed',
      variable,
      `${problem}${example === undefined ? '' : `; for example: ${variable}=${example}`}`,
    ]),
    ...(missing.length === 0 ? [] : [['not set', missing.join(', ')]]),
  ]);
}

function table(kind: 'service' | 'provider', all: readonly EndpointDiagnosis[]): string[] {
  const endpoints = all.filter((endpoint) => endpoint.kind === kind);
  if (endpoints.length === 0) return [];
  const rows = endpoints.map((endpoint) =>
    endpoint.check
      ? [endpoint.name, ...steps(endpoint.check), endpoint.check.endpoint]
      : [endpoint.name, `${endpoint.state}: ${endpoint.reason}`],
  );
  const heading = [HEADINGS[kind], ...STEP_COLUMNS, kind === 'service' ? 'version' : '', 'endpoint'];
  return ['', ...columns([heading, ...rows]).map(painted)];
}

/** One cell for each step: empty where an earlier step failed, a dash where there was nothing to check. */
function steps({ findings, version }: EndpointReport): string[] {
  const failed = findings.find(({ ok }) => !ok)?.step;
  const end = failed === undefined ? STEPS.length : STEPS.indexOf(failed);
  const cells = STEP_COLUMNS.map((step) => {
    const finding = findings.find((one) => one.step === step);
    return finding ? cellOf(finding) : STEPS.indexOf(step) < end ? '-' : '';
  });
  return [...cells, failed === 'version' ? 'failed' : (version ?? '')];
}

function cellOf({ ok, step, warning, durationMs }: Finding): string {
  if (!ok) return 'failed';
  const cell = step === 'tcp' ? `${durationMs < 10 ? durationMs : Math.round(durationMs)} ms` : 'ok';
  return warning ? `${cell} !` : cell;
}

function warnings(endpoints: readonly EndpointDiagnosis[]): string[] {
  const found = endpoints.flatMap(({ check }) => check?.findings.filter(({ warning }) => warning) ?? []);
  const rows = found.map(({ name, step, evidence }) => ['!', `${name} ${step}`, evidence]);
  return rows.length === 0 ? [] : ['', ...columns(rows)];
}

function conclusion({ malformed, ...diagnosis }: Diagnosis): string[] {
  const names = malformed.map(({ variable }) => variable).join(', ');
  const endpoints = conclusionOfEndpoints(diagnosis, malformed.length > 0);
  return malformed.length === 0 ? endpoints : [` Malformed: ${names}. Correct or unset it.`, ...endpoints];
}

function conclusionOfEndpoints(
  { endpoints, sandbox }: Pick<Diagnosis, 'endpoints' | 'sandbox'>,
  isMalformed: boolean,
): string[] {
  const failed = endpoints.flatMap(({ name, settings, check, verdict }) =>
    check && verdict ? [{ name, settings, check, verdict }] : [],
  );
  if (failed.length > 0) return causes(failed);
  const checked = endpoints.filter(({ check }) => check).length;
  if (checked > 0)
    return [
      ` ${checked === 1 ? 'The one configured endpoint answers' : `All ${checked} configured endpoints answer`}.`,
    ];
  if (isMalformed) return [];
  const advice = `${drydockCommand('run --level integration')} starts what can be started here.`;
  return [` Nothing is configured, so nothing was checked. ${sandbox.remedy ?? advice}`];
}

type FailedEndpoint = Required<Pick<EndpointDiagnosis, 'name' | 'settings' | 'check' | 'verdict'>>;

function causes(failed: readonly FailedEndpoint[]): string[] {
  const groups = sharedCauses(failed, ({ verdict }) => verdict);
  const heading = ` ${failed.length} ${failed.length === 1 ? 'endpoint fails' : 'endpoints fail'}, ${groups.length === 1 ? 'one cause' : `${groups.length} causes`}`;
  return [heading, ...groups.flatMap(({ failures, ...cause }) => ['', ...formatCause(cause, failures)])];
}

function formatCause(
  cause: Pick<Verdict, 'class' | 'evidence' | 'remedy'> & { subclass?: string },
  failed: readonly FailedEndpoint[],
): string[] {
  const settings = failed.flatMap((one) =>
    one.settings.map(({ name, provenance }) => `${name} (${provenance})`),
  );
  const rows = [
    [
      `${classLabel(cause.class)} / ${cause.subclass}`,
      `${failed.map(({ name }) => name).join(', ')}: ${cause.evidence}`,
    ],
    ['remedy', cause.remedy],
    ...(cause.subclass === 'sandbox' ? [] : [['settings', settings.join(', ')]]),
  ];
  return columns(rows).map((line) => `  ${line}`);
}

/** Adds colours once the columns are aligned; the words alone say the same. */
function painted(line: string): string {
  return line.replace(/\bfailed\b/gu, (word) => colors.red(word)).replace(/ !(?= |$)/gu, colors.yellow(' !'));
}
