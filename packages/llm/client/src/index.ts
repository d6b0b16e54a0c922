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
export { type Reservation, SPEND_CAP_CODE, SpendCap, type SpendCapOptions } from './spend/spend-cap.js';
export { DEFAULT_SPEND_LIMITS, type SpendLimits, SpendUsageError } from './spend/spend-limits.js';
export type { AttemptStart, Telemetry } from './telemetry/telemetry.js';
