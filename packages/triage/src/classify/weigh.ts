import type { EndpointFinding, ErrorFacts, FailureFacts, SandboxFinding } from './facts.js';
import type { Rule } from './rule.js';
import type { Verdict } from './verdict.js';

/** Subclasses that a sandbox can be the cause of, whatever the code means elsewhere. */
const SANDBOXED = new Set(['sandbox', 'dns', 'routing']);
const DENIES_SOCKETS = new Set(['seccomp', 'denied-sockets']);
const LOOPBACK_TOO = new Set([...DENIES_SOCKETS, 'empty-network-namespace']);
const ASK = 'Ask for network access for this command, or run only tests that need none.';

/** Corrects a verdict by what is known of the surroundings: a good check contradicts it, a sandbox explains it. */
export function weigh(verdict: Verdict, rule: Rule, error: ErrorFacts, failure: FailureFacts): Verdict {
  const { sandbox, endpoints = [], untried } = failure.findings ?? {};
  const check = endpoints.find(({ name }) => name === (error.origin ?? failure.origin));
  if (verdict.class !== 'environment') return check && !check.ok ? unresponsive(verdict, check) : verdict;
  if (untried && speaksOfNetwork(verdict, error, sandbox)) return madeUp(verdict);
  // A check costs nothing, so its success does not show that a quota is left.
  if (check?.ok && verdict.subclass === 'quota') return verdict;
  if (check?.ok) return rule.passing ? doubted(verdict) : contradicted(verdict, check);
  if (sandbox && explains(sandbox, verdict)) return blamedOnSandbox(verdict, sandbox);
  return check ? confirmed(verdict, check) : verdict;
}

/** What this machine says of itself, no server and no network. */
const LOCAL = new Set(['disk-full', 'out-of-memory', 'read-only', 'too-many-files', 'port-in-use']);
const OPENS_SOCKET = /^(?:listen|bind|socket)$/;
const PROGRAM = /^Command failed:/;

/** Whether an error could only come from a network that was tried, or from a mock. */
function speaksOfNetwork(
  { subclass }: Verdict,
  { syscall = '', message }: ErrorFacts,
  sandbox: SandboxFinding | undefined,
): boolean {
  const isExplained = sandbox !== undefined && DENIES_SOCKETS.has(sandbox.kind) && OPENS_SOCKET.test(syscall);
  return !LOCAL.has(subclass) && !isExplained && !PROGRAM.test(message);
}

function madeUp(verdict: Verdict): Verdict {
  return {
    ...verdict,
    class: 'mechanism',
    subclass: 'untried',
    confidence: 0.85,
    evidence: `${verdict.evidence}; the guard saw no try to leave the run, so a mock, a server of the test’s own or the code itself made this error`,
    remedy: 'Look at how the code under test handles this error, and at the mock or server that makes it.',
  };
}

/** The server answered a moment later: a passing fault may be over. */
function doubted(verdict: Verdict): Verdict {
  return { ...verdict, confidence: Math.min(verdict.confidence, 0.6) };
}

function contradicted(verdict: Verdict, { name, evidence }: EndpointFinding): Verdict {
  return {
    ...verdict,
    class: 'mechanism',
    subclass: 'contradicted',
    confidence: 0.7,
    evidence: `${verdict.evidence}; but a check afterwards found that ${name} answers: ${evidence}`,
    remedy: 'The server is well with the same settings: look at what the code under test makes of them.',
  };
}

function confirmed(verdict: Verdict, { evidence }: EndpointFinding): Verdict {
  return { ...verdict, confidence: 0.98, evidence: `${verdict.evidence}; checked afterwards: ${evidence}` };
}

/** A sandbox that leaves loopback alone does not explain a refusal: something has to be there to refuse. */
function explains({ kind }: SandboxFinding, { subclass }: Verdict): boolean {
  return subclass === 'refused' ? LOOPBACK_TOO.has(kind) : SANDBOXED.has(subclass);
}

function blamedOnSandbox(verdict: Verdict, { evidence, remedy = ASK }: SandboxFinding): Verdict {
  return {
    ...verdict,
    subclass: 'sandbox',
    confidence: 0.98,
    evidence: `${evidence}; ${verdict.evidence}`,
    remedy,
  };
}

/** A deadline that passed is the server's fault if the server does not answer the check either. */
function unresponsive(verdict: Verdict, check: EndpointFinding): Verdict {
  if (verdict.subclass !== 'deadline-overrun' || verdict.rule.startsWith('assertion')) return verdict;
  return {
    ...verdict,
    class: 'environment',
    subclass: 'unresponsive',
    confidence: 0.9,
    evidence: `${verdict.evidence}; checked afterwards: ${check.evidence}`,
    remedy: `${check.name} does not answer: look at the server, its load and the network; then: npx --no-install drydock doctor ${check.name}.`,
  };
}
