/** What the calls of one run may use together. */
export interface SpendLimits {
  /** Most calls that may cost money. */
  readonly maxCalls: number;
  /** Most tokens, of prompts and answers together. */
  readonly maxTokens: number;
}

/** What applies where nothing else is said: enough for every real-call test of this project, little enough to be cheap. */
export const DEFAULT_SPEND_LIMITS: SpendLimits = { maxCalls: 100, maxTokens: 200_000 };

const VARIABLES = { maxCalls: 'DRYDOCK_LLM_MAX_CALLS', maxTokens: 'DRYDOCK_LLM_MAX_TOKENS' } as const;

/** A limit's variable is malformed; names it, and ends a run as wrong usage. */
export class SpendUsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'ERR_DRYDOCK_USAGE';
}

/**
 * Reads `DRYDOCK_LLM_MAX_CALLS` and `DRYDOCK_LLM_MAX_TOKENS`.
 *
 * @throws SpendUsageError for anything but whole numbers from 1 on.
 */
export function spendLimits(env: NodeJS.ProcessEnv = process.env): SpendLimits {
  return {
    maxCalls: limit(env, VARIABLES.maxCalls) ?? DEFAULT_SPEND_LIMITS.maxCalls,
    maxTokens: limit(env, VARIABLES.maxTokens) ?? DEFAULT_SPEND_LIMITS.maxTokens,
  };
}

function limit(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new SpendUsageError(`${name} is not a whole number of at least 1. For example: ${name}=100`);
}
