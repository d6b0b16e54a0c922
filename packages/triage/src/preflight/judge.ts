import { type ClassifyOptions, classify } from '../classify/classify.js';
import type { ErrorFacts, Findings, SandboxFinding } from '../classify/facts.js';
import type { Verdict } from '../classify/verdict.js';
import type { SandboxReport } from '../sandbox/report.js';
import type { EndpointReport, Finding, PreflightReport, Step } from './finding.js';

/** The step that failed at an endpoint, and what it means. */
export interface JudgedFinding {
  readonly finding: Finding;
  readonly verdict: Verdict;
}

/** Meaning of a failed step whose code no rule knows: the environment's fault, never a defect. */
const BY_STEP: Readonly<Record<Step, Pick<Verdict, 'subclass' | 'remedy'>>> = {
  proxy: { subclass: 'proxy', remedy: 'Check HTTPS_PROXY, NO_PROXY and NODE_USE_ENV_PROXY.' },
  dns: { subclass: 'dns', remedy: 'Check the host in its variable and the network.' },
  tcp: { subclass: 'routing', remedy: 'Check network, VPN, firewall and the address.' },
  tls: { subclass: 'tls', remedy: 'Check whether that port speaks TLS, and its certificate.' },
  login: {
    subclass: 'login',
    remedy: 'The server answers, but gives no login: check the credentials, and that it is the right server.',
  },
  clock: { subclass: 'clock-skew', remedy: 'Set this machine’s clock.' },
  version: { subclass: 'version', remedy: 'Use a server of a supported version.' },
};

/** Verdict for a login without an answer, whatever the credentials. */
const NO_LOGIN_IN_TIME: Pick<Verdict, 'subclass' | 'remedy'> = {
  subclass: 'login',
  remedy:
    'The server takes connections, but gives no login in time: is it busy, stopped, or another kind of server?',
};

const SYSTEM_CALLS: Partial<Record<Step, string>> = { dns: 'getaddrinfo', tcp: 'connect', proxy: 'connect' };
/** Kinds of sandbox that block loopback too; in the others a refusal is real. */
const KEEPS_LOOPBACK_AWAY = new Set(['seccomp', 'denied-sockets', 'empty-network-namespace']);

/** Explains the failure of an endpoint and what to do; undefined where no step failed. */
export function judgeEndpoint(
  { findings }: EndpointReport,
  sandbox: SandboxReport,
  options: ClassifyOptions = {},
): JudgedFinding | undefined {
  const finding = findings.find(({ ok }) => !ok);
  if (finding === undefined) return undefined;
  if (explains(sandbox, finding)) return { finding, verdict: blamedOnSandbox(sandbox) };
  const facts = { errors: [factsOfFinding(finding)], complete: true, origin: finding.name };
  const verdict = classify(facts, options);
  if (verdict.class === 'environment') return { finding, verdict };
  const isLate = finding.step === 'login' && finding.code === 'ETIMEDOUT';
  const { subclass, remedy } = isLate ? NO_LOGIN_IN_TIME : BY_STEP[finding.step];
  const own = { class: 'environment', confidence: 0.9, rule: 'preflight', subclass, remedy } as const;
  return { finding, verdict: { ...verdict, ...own } };
}

/** One verdict for every endpoint in a sandbox, whatever code each of them gave. */
function blamedOnSandbox({ kind, evidence, remedy = '', observations }: SandboxReport): Verdict {
  return {
    class: 'environment',
    subclass: 'sandbox',
    confidence: 0.98,
    evidence,
    remedy,
    rule: 'preflight',
    code: observations.loopback === 'ok' ? kind : observations.loopback,
  };
}

/** A preflight as findings for the classifier. */
export function findingsOf({ sandbox, endpoints }: PreflightReport): Findings {
  return {
    ...(sandbox.kind !== 'none' && { sandbox: asFinding(sandbox) }),
    endpoints: endpoints.map(({ name, ok, version, findings }) => {
      const failed = findings.find((finding) => !finding.ok);
      const evidence = failed
        ? `${failed.step}: ${failed.code ?? failed.evidence}`
        : version === undefined
          ? (findings.at(-1)?.evidence ?? 'answered')
          : `logged in to ${version}`;
      return { name, ok, evidence };
    }),
  };
}

function asFinding({ kind, evidence, remedy }: SandboxReport): SandboxFinding {
  return { kind, evidence, ...(remedy !== undefined && { remedy }) };
}

function explains({ kind }: SandboxReport, { step, code, endpoint }: Finding): boolean {
  if (kind === 'none' || !['dns', 'proxy', 'tcp'].includes(step)) return false;
  if (KEEPS_LOOPBACK_AWAY.has(kind)) return true;
  return code !== 'ECONNREFUSED' && !/^(?:localhost|127\.|\[::1\])/u.test(endpoint);
}

function factsOfFinding({ name, endpoint, step, code, evidence }: Finding): ErrorFacts {
  const status = /^HTTP_(\d{3})$/u.exec(code ?? '')?.[1];
  const syscall = SYSTEM_CALLS[step];
  return {
    name: 'Error',
    message: evidence,
    ...(code !== undefined && status === undefined && { code }),
    ...(status !== undefined && { status: Number(status) }),
    ...(syscall !== undefined && { syscall }),
    endpoint,
    origin: name,
  };
}
