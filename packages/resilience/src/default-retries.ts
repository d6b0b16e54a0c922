/** Retries where a caller sets none: attempts, the first included, and the bounds of their pauses in milliseconds. */
export const DEFAULT_RETRIES = { maxAttempts: 3, baseDelayMs: 50, maxDelayMs: 1_000 } as const;
