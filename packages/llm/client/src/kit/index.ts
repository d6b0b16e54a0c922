export { Caller, type CallerOptions, type Request } from './caller.js';
export type { HttpAnswer } from './failures/carried-failure.js';
export { codeOf, type ErrorFacts, fieldOf, readErrorBody } from './failures/error-body.js';
export { malformed } from './failures/explain-failure.js';
export type { FailureDialect } from './failures/failure-dialect.js';
export type { FailureRule } from './failures/failure-rule.js';
export { malformedOnTypeError } from './failures/malformed-on-type-error.js';
export { readFailure } from './failures/read-failure.js';
export { retryAfterOf, type WallClock } from './failures/retry-after.js';
export { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.js';
export { lazily } from './lazily.js';
export { type ModelData, type ModelList, type ModelPrice, modelData, withCost } from './model-list.js';
export type { RequestContext } from './request-context.js';
export {
  completeResult,
  cutOff,
  parseArguments,
  StreamAssembly,
  type StreamReader,
  type ToolCallPart,
  withoutUsage,
} from './streams/stream-assembly.js';
