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
export * from './contract/index.js';
export type { SpendCap } from './spend/spend-cap.js';
export type { AttemptStart, Telemetry } from './telemetry/telemetry.js';
