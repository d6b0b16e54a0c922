import { DEFAULT_CALL_TIMEOUT_MS } from '../contract/generate.js';

/** Defaults of `ClientOptions`; like the others here, the only place in code for them: a test holds `@default` and README to it. */
export const CLIENT_DEFAULTS = { timeoutMs: 120_000, maxAttempts: 6 } as const;

/** Defaults of `ProviderOptions`. */
export const PROVIDER_DEFAULTS = { timeoutMs: DEFAULT_CALL_TIMEOUT_MS, concurrency: 16 } as const;

/** Defaults of `ClientRetryOptions`. */
export const RETRY_DEFAULTS = { perProvider: 2, baseDelayMs: 250, maxDelayMs: 5_000 } as const;
