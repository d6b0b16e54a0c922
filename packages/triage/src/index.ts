export { type Cause, type CauseFacts, sharedCauses } from './classify/causes.js';
export { factsOf } from './classify/chain.js';
export { checkOrigin, checkRules } from './classify/check-rules.js';
export { type ClassifyOptions, classify } from './classify/classify.js';
export type {
  BlockedCall,
  EndpointFinding,
  ErrorFacts,
  FailureFacts,
  Findings,
  SandboxFinding,
  Situation,
} from './classify/facts.js';
export type { Origin } from './classify/origin.js';
export type { Conditions, Rule } from './classify/rule.js';
export type { HeldRule } from './classify/rules-that-hold.js';
export { CERTAIN_ENOUGH, classLabel, type FailureClass, type Verdict } from './classify/verdict.js';
export { isStreamed, readLargeReport } from './read/large/read-large.js';
export { type ReadOptions, readReport } from './read/read-report.js';
export { type Report, ReportError, type ReportedFailure, type ReportFormat } from './read/report.js';
export { type TriagedFailure, triage } from './read/triage.js';
export { RULES } from './rules/index.js';
