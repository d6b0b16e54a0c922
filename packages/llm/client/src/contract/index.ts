export type { AttemptRecord } from './attempt-record.js';
export type { EmbedRequest, EmbedResult } from './embed.js';
export type { LlmErrorKind } from './error-kind.js';
export {
  abortReasonOf,
  LlmAbortedError,
  LlmAuthError,
  LlmBadRequestError,
  LlmContentFilteredError,
  LlmInvalidOutputError,
  LlmQuotaError,
  LlmRateLimitError,
  LlmTimeoutError,
  LlmTruncatedError,
  LlmUnavailableError,
  toAbortedError,
  toLlmError,
} from './errors.js';
export type {
  CallOptions,
  CallTimings,
  FinishReason,
  GenerateRequest,
  GenerateResult,
  Reasoning,
  SafetyCategory,
  SafetySetting,
  SafetyThreshold,
  StreamEvent,
  Tool,
} from './generate.js';
export type { JsonSchema } from './json-schema.js';
export { LlmError, type LlmErrorFacts, type LlmErrorScope } from './llm-error.js';
export type { Message, ToolCall } from './message.js';
export type { HealthReport, ModelInfo, Provider } from './provider.js';
export * from './provider-request-options.js';
export type { RateLimit, RateLimits } from './rate-limits.js';
export type { RequestContext } from './request-context.js';
export type { OutputSchema, StructuredRequest, StructuredResult } from './structured.js';
export type { Usage } from './usage.js';
