export { atOrigin } from './at-origin.js';
export { chatApiBody } from './chat-api/body.js';
export { type ChatApiService, chatApiWire } from './chat-api/wire.js';
export { openAiServer } from './openai-server.js';
export { type ProviderConformanceOptions, providerConformance } from './provider-conformance.js';
export { type RealCallOptions, realCalls } from './real-calls.js';
export { type StandIn, standInConformance } from './stand-in-conformance.js';
export type {
  Capabilities,
  CreateRequest,
  DocumentedAnswer,
  DocumentedError,
  Expected,
  ProviderSubject,
  SampleAnswer,
  SampleUsage,
  WireDialect,
} from './subject.js';
export type { Play } from './suite.js';
