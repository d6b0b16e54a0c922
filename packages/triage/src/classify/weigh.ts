import type { EndpointFinding, ErrorFacts, FailureFacts } from './facts.js';
import type { Rule } from './rule.js';
import type { Verdict } from './verdict.js';

/** What a sandbox's walls look like from inside, whatever a code means elsewhere. */
const WALLED = new Set(['sandbox', 'dns', 'routing', 'refused']);
const ASK = 'Ask for network access for this command, or run what needs none: npm test.';

/** Holds a verdict against what is known of the surroundings: a sandbox explains it, a good check contradicts it. */
export function weigh(verdict: Verdict, rule: Rule, error: ErrorFacts, failure: FailureFacts): Verdict {
  const { sandbox, endpoints = [] } = failure.findings ?? {};
  const check = endpoints.find(({ name }) => name === (error.origin ?? failure.origin));
  if (verdict.class !== 'environment') return check && !check.ok ? unresponsive(verdict, check) : verdict;
  if (sandbox && WALLED.has(verdict.subclass))
    return {
      ...verdict,
      subclass: 'sandbox',
      confidence: 0.98,
      evidence: `${sandbox.evidence}; ${verdict.evidence}`,
      remedy: sandbox.remedy ?? ASK,
    };
  if (check === undefined) return verdict;
  if (!check.ok)
    return {
      ...verdict,
      confidence: 0.98,
      evidence: `${verdict.evidence}; checked again: ${check.evidence}`,
    };
  if (rule.passing) return { ...verdict, confidence: Math.min(verdict.confidence, 0.6) };
  return {
    ...verdict,
    class: 'mechanism',
    subclass: 'contradicted',
    confidence: 0.7,
    evidence: `${verdict.evidence}; but checked in a clean process, ${check.name} answers: ${check.evidence}`,
    remedy: `The server is well with the same settings: look at what the code under test makes of them.`,
  };
}

/** A deadline that passed is the server's fault if the server does not answer anybody else either. */
function unresponsive(verdict: Verdict, check: EndpointFinding): Verdict {
  if (verdict.subclass !== 'deadline-overrun' || verdict.rule.startsWith('assertion')) return verdict;
  return {
    ...verdict,
    class: 'environment',
    subclass: 'unresponsive',
    confidence: 0.9,
    evidence: `${verdict.evidence}; checked in a clean process: ${check.evidence}`,
    remedy: `${check.name} does not answer: look at the server, its load and the network; then: drydock doctor ${check.name}.`,
  };
}
