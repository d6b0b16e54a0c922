export { asPromised } from './as-promised.js';
export { Caller, type CallerOptions, type Request } from './caller.js';
export type { HttpAnswer } from './carried-failure.js';
export { codeOf, type ErrorFacts, fieldOf, readErrorBody } from './error-body.js';
export { malformed } from './explain-failure.js';
export type { FailureDialect } from './failure-dialect.js';
export type { FailureRule } from './failure-rule.js';
export { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.js';
export { lazily } from './lazily.js';
export { type ModelData, type ModelList, type ModelPrice, modelData, withCost } from './model-list.js';
export { readFailure } from './read-failure.js';
export { retryAfterOf, type WallClock } from './retry-after.js';
export {
  completeResult,
  cutOff,
  parseArguments,
  StreamAssembly,
  type StreamReader,
  type ToolCallPart,
  withoutUsage,
} from './stream-assembly.js';
export type { Where } from './where.js';
