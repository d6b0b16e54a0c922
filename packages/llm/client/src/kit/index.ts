export { openEvents, readJson, throughSdk } from './answers.js';
export { Caller, type CallerOptions, type Request } from './caller.js';
export { readFinishReason } from './chat-api/finish-reason.js';
export {
  type ChatBody,
  type ChatBodyOptions,
  type ChatTurn,
  toChatBody,
  toChatTurn,
} from './chat-api/request.js';
export { readChatAnswer, readChatChunk, readEmbeddings, readModels } from './chat-api/response.js';
export { readUsage } from './chat-api/usage.js';
export type {
  ChatAnswer,
  ChatContent,
  ChatEmbeddings,
  ChatMessage,
  ChatModels,
  ChatToolCall,
  ChatUsage,
} from './chat-api/wire-types.js';
export { type ChatParts, ChatProvider, type ChatProviderSetup } from './chat-provider.js';
export { readEvents } from './event-stream.js';
export { Exchange, type ExchangeInit } from './exchange.js';
export { CarriedFailure, type Failed, type HttpAnswer } from './failures/carried-failure.js';
export { codeOf, type ErrorFacts, fieldOf, readErrorBody } from './failures/error-body.js';
export { malformed } from './failures/explain-failure.js';
export type { FailureDialect } from './failures/failure-dialect.js';
export { type FailureRule, rulesByCode } from './failures/failure-rule.js';
export { malformedOnTypeError } from './failures/malformed-on-type-error.js';
export { readFailure } from './failures/read-failure.js';
export { retryAfterOf, type WallClock } from './failures/retry-after.js';
export { throwIfError } from './failures/throw-if-error.js';
export { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.js';
export { lazily } from './lazily.js';
export {
  type ModelData,
  type ModelList,
  type ModelPrice,
  type ModelPrices,
  modelData,
  pricedList,
  UNPRICED,
  withCost,
} from './model-list.js';
export { parseJson } from './parse-json.js';
export type { ServiceOptions } from './service-options.js';
export {
  completeResult,
  cutOff,
  StreamAssembly,
  type StreamReader,
  type ToolCallPart,
  withoutUsage,
} from './streams/stream-assembly.js';
export { plainToolCallId } from './tool-call-ids.js';
export { urlAndInit } from './url-and-init.js';
