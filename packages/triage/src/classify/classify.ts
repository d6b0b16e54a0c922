import { rulesWith, WORD_RULES } from '../rules/index.js';
import { insideAssertion } from './around-error.js';
import { chainsOf } from './chain.js';
import { corroborated } from './corroborated.js';
import type { ErrorFacts, FailureFacts } from './facts.js';
import type { Origin } from './origin.js';
import { isOwnMade, isPackageMade } from './own-code.js';
import { firstLine } from './plain-text.js';
import { quotedIn } from './quoted.js';
import { match, type Rule } from './rule.js';
import { CERTAIN_ENOUGH, type Verdict } from './verdict.js';
import { weigh } from './weigh.js';

/** What a project and its packages add to the built-in rules. */
export interface ClassifyOptions {
  /** Rules of your own; they go before the built-in ones, except before those about the harness itself. @default [] */
  readonly rules?: readonly Rule[];
  /** Backends and providers whose codes and variables are known beside the built-in ones. @default [] */
  readonly origins?: readonly Origin[];
}

/** What failures are judged by: the rules in their order, and whom they may be about. */
interface Judge {
  readonly rules: readonly Rule[];
  readonly words: readonly Rule[];
  readonly origins: readonly Origin[];
}

const CERTAIN = 0.8;
/** Trust in words that a package quotes, and in words of whoever it was. */
const BY_PACKAGE = 0.75;
const BY_WORDS = 0.6;
const SETTLE = 'Only words say so: a JUnit report, the error’s cause, or a run with drydock settles it.';
const DEFAULT_CONFIDENCE = 0.9;

/** Decides whose fault a failure is; where the evidence is complete, a defect is the default, so that none is excused. */
export function classify(failure: FailureFacts, { rules = [], origins = [] }: ClassifyOptions = {}): Verdict {
  const [blocked] = failure.findings?.blocked ?? [];
  const judge = { rules: rulesWith(rules, origins), words: WORD_RULES, origins };
  const verdicts = failure.errors.map((error) => judgeError(error, failure, judge));
  const harness = verdicts.find((verdict) => verdict.class === 'harness');
  if (harness) return harness;
  if (blocked) return refusedByGuard(blocked, failure);
  // What fails after the first error often fails because of it, unless it is a finding of its own.
  const defect = verdicts.find(
    ({ class: failureClass, confidence }) => failureClass === 'mechanism' && confidence >= CERTAIN,
  );
  return defect ?? verdicts[0] ?? withoutError(failure);
}

/** Of several chains the worst counts: one member's outage does not excuse another's defect. */
function judgeError(error: ErrorFacts, failure: FailureFacts, judge: Judge): Verdict {
  const inside = insideAssertion(error);
  const found = inside && judgeError(inside, failure, judge);
  if (found?.class === 'environment' || found?.class === 'harness') return found;
  const verdicts = chainsOf(error).map((chain) =>
    corroborated(judgeChain(chain, failure, judge), chain, failure, (alone) =>
      judgeChain([alone], failure, judge),
    ),
  );
  const worst = (['harness', 'mechanism', 'unknown', 'environment'] as const)
    .map((failureClass) => verdicts.find((verdict) => verdict.class === failureClass))
    .find((verdict) => verdict !== undefined);
  return worst ?? withoutRule([error], failure);
}

function judgeChain(chain: readonly ErrorFacts[], failure: FailureFacts, judge: Judge): Verdict {
  const known = firstRule(chain, failure, judge.rules, judge.origins);
  if (
    failure.complete ||
    (known !== undefined && known.confidence >= CERTAIN_ENOUGH && !isByNameAlone(known, chain))
  )
    return known ?? withoutRule(chain, failure);
  const said = byWords(chain, failure, judge.rules, judge.origins);
  // Words make an outage plainer, and never make one of a defect.
  if (known !== undefined && isByNameAlone(known, chain) && said?.class === 'environment') return said;
  if (known !== undefined && (known.class !== 'environment' || said?.class !== 'environment')) return known;
  if (known !== undefined && said !== undefined && said.confidence <= known.confidence) return known;
  return said ?? known ?? byVocabulary(chain, failure, judge) ?? withoutRule(chain, failure);
}

/** What plain words say, tried after every code, name and sentence, also of those that the message quotes. */
function byVocabulary(
  chain: readonly ErrorFacts[],
  failure: FailureFacts,
  judge: Judge,
): Verdict | undefined {
  return (
    firstRule(chain, failure, judge.words, judge.origins) ??
    byWords(chain, failure, judge.words, judge.origins)
  );
}

/** A library may give one name to all that it tells of: `ReplyError`, `QueryFailedError`. */
function isByNameAlone({ rule, code }: Verdict, chain: readonly ErrorFacts[]): boolean {
  return rule === 'family-refused' && chain.some((error) => error.code === undefined && error.name === code);
}

function firstRule(
  chain: readonly ErrorFacts[],
  failure: FailureFacts,
  rules: readonly Rule[],
  origins: readonly Origin[],
): Verdict | undefined {
  for (const rule of rules) {
    const error = match(rule, chain, failure);
    if (error) return weigh(verdictOf(rule, error, chain, origins), rule, error, failure);
  }
  return undefined;
}

/** What the words alone say, where a report has lost codes and causes: likely, and never enough to excuse a run. */
function byWords(
  chain: readonly ErrorFacts[],
  failure: FailureFacts,
  rules: readonly Rule[],
  origins: readonly Origin[],
): Verdict | undefined {
  const quotes = chain.filter((error) => !isAssertion(error)).flatMap(quotedIn);
  // What a package expected of a server's answer is no assertion of a test.
  const isPackages = chain.some((error) => error.name !== 'Error' && isPackageMade(error));
  const asked = isPackages ? rules.filter(({ id }) => !id.startsWith('assertion')) : rules;
  const said = quotes.length === 0 ? undefined : firstRule(quotes, failure, asked, origins);
  if (said === undefined) return undefined;
  const trust = chain.some((error) => error.stack !== undefined && !isOwnMade(error)) ? BY_PACKAGE : BY_WORDS;
  return {
    ...said,
    confidence: Math.min(said.confidence, trust),
    ...(trust < CERTAIN_ENOUGH && { remedy: `${said.remedy} ${SETTLE}` }),
  };
}

function verdictOf(
  rule: Rule,
  error: ErrorFacts,
  chain: readonly ErrorFacts[],
  origins: readonly Origin[],
): Verdict {
  const code = error.code ?? (error.status === undefined ? error.name : `HTTP ${error.status}`);
  return {
    class: rule.class,
    subclass: rule.subclass,
    confidence: rule.confidence ?? DEFAULT_CONFIDENCE,
    evidence: evidenceOf(error, chain),
    remedy: filled(rule.remedy, chain, code, origins),
    rule: rule.id,
    code,
  };
}

/** First line of the error that decided, with name and code where the line leaves them out. */
function evidenceOf(error: ErrorFacts, chain: readonly ErrorFacts[]): string {
  const said = firstLine(error.message) || error.name;
  const code = error.code ?? (error.status === undefined ? undefined : `HTTP ${error.status}`);
  const named = /^(Error|error)$/u.test(error.name) ? said : `${error.name}: ${said}`;
  const withCode =
    code === undefined || named.includes(code.replace('HTTP ', '')) ? named : `${named} (${code})`;
  const [outer] = chain;
  return outer === undefined || outer === error
    ? withCode
    : `${withCode}, cause of "${firstLine(outer.message, 120)}"`;
}

function filled(
  remedy: string,
  chain: readonly ErrorFacts[],
  code: string,
  origins: readonly Origin[],
): string {
  const of = (name: 'endpoint' | 'origin') => chain.map((error) => error[name]).findLast((value) => value);
  const { variables = [] } = origins.find(({ name }) => name === of('origin')) ?? {};
  // `Error` as a code says nothing.
  return (code === 'Error' ? remedy.replaceAll(' ({code})', '') : remedy)
    .replaceAll('{endpoint}', of('endpoint') ?? 'its address')
    .replaceAll('{origin}', of('origin') ?? 'the server')
    .replaceAll('{variables}', variables.join(' and ') || 'its variables')
    .replaceAll('{code}', code);
}

function withoutRule(chain: readonly ErrorFacts[], failure: FailureFacts): Verdict {
  const root = chain.at(-1) as ErrorFacts;
  const verdict = { rule: 'default', code: root.code ?? root.name, evidence: evidenceOf(root, chain) };
  if (!failure.complete && GONE.test(root.message))
    return { ...verdict, ...NOT_ENOUGH, subclass: 'worker-killed' };
  return {
    ...verdict,
    class: 'mechanism',
    subclass: 'unexplained',
    confidence: failure.complete || isOwnMade(root) ? 0.5 : 0.4,
    remedy: failure.complete ? UNEXPLAINED : `${UNEXPLAINED} ${SETTLE}`,
  };
}

const UNEXPLAINED =
  'No rule knows this error, so it counts as a defect: fix the code under test, or the test.';

/** Message of Vitest 5 for a worker that has ended. */
const GONE = /^Worker exited unexpectedly/;

const NOT_ENOUGH = {
  class: 'unknown',
  subclass: 'not-enough-evidence',
  confidence: 0,
  remedy:
    'Not enough evidence in this report. A JUnit report tells more than a JSON one; a run with drydock tells most.',
} as const;

function isAssertion({ name, code }: ErrorFacts): boolean {
  return /Assert/u.test(name) || code === 'ERR_ASSERTION';
}

function withoutError(failure: FailureFacts): Verdict {
  const killed = failure.situation === 'worker-killed';
  const known = {
    rule: 'default',
    code: killed ? 'WORKER_KILLED' : 'ABORTED',
    evidence: killed
      ? 'The test began and never ended: its process was gone.'
      : 'It failed, and the report does not say how.',
  };
  if (!failure.complete)
    return { ...known, ...NOT_ENOUGH, subclass: failure.situation ?? NOT_ENOUGH.subclass };
  return {
    ...known,
    class: 'mechanism',
    subclass: 'worker-killed',
    confidence: 0.5,
    remedy:
      'Run this file alone and watch its memory: a crash, a signal or the out-of-memory killer ended it.',
  };
}

function refusedByGuard(
  { protocol, host, port }: { protocol: string; host: string; port?: number },
  { errors }: FailureFacts,
): Verdict {
  const place = port === undefined ? host : `${host}:${port}`;
  return {
    class: 'harness',
    subclass: 'missing-marker',
    confidence: 0.9,
    evidence: `the guard refused ${protocol} to ${place}; then: ${firstLine(errors[0]?.message ?? 'the test failed')}`,
    remedy: 'Mark the test so that it may reach the network, or let it run on a fake.',
    rule: 'guard-record',
    code: 'ERR_DRYDOCK_BLOCKED',
  };
}
