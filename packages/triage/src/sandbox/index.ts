export type { NameEvidence } from './conclude.js';
export { concludeSandbox } from './conclude.js';
export type { DetectOptions } from './detect.js';
export { detectSandbox } from './detect.js';
export { askForNetwork } from './escalation.js';
export { readHints } from './hints.js';
export { observe } from './observe.js';
export type { AgentHint, Observations, ProbeResult, SandboxKind, SandboxReport } from './report.js';
export { SANDBOX_KINDS } from './report.js';
