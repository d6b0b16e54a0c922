export type { Answer, StreamAnswer } from './client/answer.js';
export type { Client } from './client/client.js';
export type {
  ClientCallOptions,
  ClientOptions,
  ClientRetryOptions,
  ProviderOptions,
} from './client/client-options.js';
export { createClient } from './client/create-client.js';
export type { ProviderStatus } from './client/routes.js';
export type { AttemptRecord } from './contract/attempt-record.js';
export type { EmbedRequest, EmbedResult } from './contract/embed.js';
export type { LlmErrorKind } from './contract/error-kind.js';
export {
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
  toLlmError,
} from './contract/errors.js';
export type {
  CallOptions,
  FinishReason,
  GenerateRequest,
  GenerateResult,
  StreamEvent,
  Tool,
} from './contract/generate.js';
export type { JsonSchema } from './contract/json-schema.js';
export { LlmError, type LlmErrorFacts } from './contract/llm-error.js';
export type { Message, ToolCall } from './contract/message.js';
export type { HealthReport, ModelInfo, Provider } from './contract/provider.js';
export type { OutputSchema, StructuredRequest, StructuredResult } from './contract/structured.js';
export type { Usage } from './contract/usage.js';
export type { SpendCap } from './spend/spend-cap.js';
export type { AttemptStart, Telemetry } from './telemetry/telemetry.js';
