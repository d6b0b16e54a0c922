import type { CleanLine } from '../clean/protocol.js';
import { runClean } from '../clean/run.js';
import { concludeSandbox } from '../sandbox/conclude.js';
import { rememberSandbox } from '../sandbox/detect.js';
import type { EndpointReport, Finding, PreflightReport } from './finding.js';
import { nameEvidence } from './name-evidence.js';
import { endpointOf, type Target } from './target.js';

/** Options of a preflight. */
export interface PreflightOptions {
  /** Where logins find their addresses and keys. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds that each step but the login may take at one endpoint. @default 3000 */
  readonly stepMs?: number;
  /** Milliseconds that a login may take; a busy machine or server needs longer for it than for a packet. @default 7000 */
  readonly loginMs?: number;
  /** Milliseconds after which the whole ends, whatever answers. @default 10000 */
  readonly deadlineMs?: number;
}

/**
 * Checks endpoints step by step, all at once, in a process of its own in which no mock and no guard distorts anything:
 * names, connection, TLS, login, version. Never takes longer than its deadline.
 */
export async function preflight(
  targets: readonly Target[],
  { env, stepMs = 3_000, loginMs = 7_000, deadlineMs = 10_000 }: PreflightOptions = {},
): Promise<PreflightReport> {
  const startedAt = new Date();
  const lines = await runClean({ observe: true, targets, stepMs, loginMs }, { env, deadlineMs });
  const endpoints = targets.map((target, index) => reportOf(target, index, lines, deadlineMs));
  const observations = lines.find((line) => line.kind === 'observations')?.observations;
  if (observations === undefined)
    throw new Error('The process that checks endpoints ended before it saw anything; run the command again.');
  const sandbox = concludeSandbox(observations, nameEvidence(endpoints));
  rememberSandbox(sandbox);
  const durationMs = Date.now() - startedAt.getTime();
  return { startedAt: startedAt.toISOString(), durationMs, sandbox, endpoints };
}

function reportOf(
  target: Target,
  index: number,
  lines: readonly CleanLine[],
  deadlineMs: number,
): EndpointReport {
  const found = lines.flatMap((line) =>
    line.kind === 'finding' && line.target === index ? [line.finding] : [],
  );
  const isDone = lines.some((line) => line.kind === 'done' && line.target === index);
  const findings = isDone ? found : [...found, cutOff(target, found, deadlineMs)];
  const version = findings.find((finding) => finding.version)?.version;
  const latencyMs = findings.find(({ step, ok }) => step === 'tcp' && ok)?.durationMs;
  return {
    name: target.name,
    kind: target.kind,
    endpoint: endpointOf(target),
    ok: findings.every(({ ok }) => ok),
    ...(version !== undefined && { version }),
    ...(latencyMs !== undefined && { latencyMs }),
    findings,
  };
}

/** Finding for an endpoint whose check was cut off by the deadline. */
function cutOff(target: Target, found: readonly Finding[], deadlineMs: number): Finding {
  const last = found.at(-1)?.step;
  const step = last === undefined || last === 'proxy' ? 'dns' : last === 'dns' ? 'tcp' : 'login';
  return {
    name: target.name,
    endpoint: endpointOf(target),
    step,
    ok: false,
    code: 'ETIMEDOUT',
    evidence: `no answer within ${deadlineMs} ms`,
    durationMs: deadlineMs,
  };
}
