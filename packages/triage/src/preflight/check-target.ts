import { type Finding, STEPS, type Step } from './finding.js';
import { compareClocks } from './steps/clock.js';
import { resolveName } from './steps/dns.js';
import { logIn } from './steps/login.js';
import { readProxy } from './steps/proxy.js';
import type { Progress, StepRunners } from './steps/step.js';
import { connectTcp } from './steps/tcp.js';
import { checkTls } from './steps/tls.js';
import { checkVersion } from './steps/version.js';
import { codeOf } from './steps/within.js';
import { endpointOf, type Target } from './target.js';

const RUNNERS: StepRunners = {
  dns: resolveName,
  proxy: readProxy,
  tcp: connectTcp,
  tls: checkTls,
  login: logIn,
  clock: compareClocks,
  version: checkVersion,
};

/** Options of a check. */
export interface CheckOptions {
  /** Milliseconds that each step but the login may take. */
  readonly stepMs: number;
  /** Milliseconds that the login may take. @default stepMs */
  readonly loginMs?: number | undefined;
  /** Called with each finding as soon as it is there. */
  readonly onFinding: (finding: Finding) => void;
  /** The steps; replaced in tests. */
  readonly runners?: StepRunners;
}

/** Takes one step after the other until one fails; in this very process, so run it where nothing is mocked. */
export async function checkTarget(
  target: Target,
  { stepMs, loginMs = stepMs, onFinding, runners = RUNNERS }: CheckOptions,
): Promise<void> {
  const progress: Progress = { addresses: [] };
  for (const step of STEPS) {
    const finding = await take(step, target, progress, step === 'login' ? loginMs : stepMs, runners);
    if (finding) onFinding(finding);
    if (finding?.ok === false) return;
  }
}

async function take(
  step: Step,
  target: Target,
  progress: Progress,
  limitMs: number,
  runners: StepRunners,
): Promise<Finding | undefined> {
  const began = performance.now();
  const common = { name: target.name, endpoint: endpointOf(target), step };
  const durationMs = () => Math.round((performance.now() - began) * 10) / 10;
  try {
    const result = await runners[step](target, progress, limitMs);
    return result && { ...common, ok: true, ...result, durationMs: durationMs() };
  } catch (error) {
    const code = codeOf(error);
    const evidence = error instanceof Error ? error.message : code;
    return { ...common, ok: false, code, evidence, durationMs: durationMs() };
  }
}
