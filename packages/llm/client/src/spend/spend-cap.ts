import { randomUUID } from 'node:crypto';
import { type LlmError, toLlmError, type Usage } from '../contract/index.js';
import { fileLedger, memoryLedger, type SpendLedger } from './spend-ledger.js';
import { DEFAULT_SPEND_LIMITS, type SpendLimits, spendLimits } from './spend-limits.js';
import { sumLedger } from './sum-ledger.js';

/** Code of the `quota` error that a cap refuses a call with; the provider was not asked. */
export const SPEND_CAP_CODE = 'SPEND_CAP';

/** Options of a `SpendCap`. */
export interface SpendCapOptions extends Partial<SpendLimits> {
  /** Where all processes of a run note what they spend; in memory, for this process alone, when absent. */
  readonly file?: string | undefined;
}

/** Tokens that are reserved for a call. */
export interface Reservation {
  /** Replaces the reserved tokens by those that the call used; without it, the reserved ones count. */
  settle(usage: Usage): void;
}

/** Refuses calls before they are sent, once the calls of a run have reached its limits. */
export class SpendCap {
  readonly limits: SpendLimits;
  readonly #ledger: SpendLedger;

  constructor(options: SpendCapOptions = {}) {
    const { maxCalls = DEFAULT_SPEND_LIMITS.maxCalls, maxTokens = DEFAULT_SPEND_LIMITS.maxTokens } = options;
    this.limits = { maxCalls, maxTokens };
    this.#ledger = options.file === undefined ? memoryLedger() : fileLedger(options.file);
  }

  /**
   * The cap of the run that this process belongs to: `DRYDOCK_LLM_MAX_CALLS`, `DRYDOCK_LLM_MAX_TOKENS`, and
   * `DRYDOCK_LLM_SPEND_FILE`, which `drydock run` sets.
   *
   * @throws SpendUsageError for a malformed variable, naming it.
   */
  static fromEnvironment(env: NodeJS.ProcessEnv = process.env): SpendCap {
    return new SpendCap({ ...spendLimits(env), file: env.DRYDOCK_LLM_SPEND_FILE });
  }

  /** What was spent so far, reservations included. */
  get spent(): { readonly calls: number; readonly tokens: number } {
    const { calls, tokens } = sumLedger(this.#ledger.read(), this.limits);
    return { calls, tokens };
  }

  /**
   * Reserves tokens for one call.
   *
   * @throws LlmError of kind `quota` and code `SPEND_CAP` when the call does not fit.
   */
  reserve(provider: string, tokens: number): Reservation {
    const id = randomUUID();
    this.#ledger.append({ reserve: id, tokens });
    const { admitted, ...spent } = sumLedger(this.#ledger.read(), this.limits);
    if (!admitted.has(id)) throw refusal(provider, tokens, spent, this.limits);
    return { settle: ({ totalTokens }) => this.#settle(id, totalTokens) };
  }

  #settle(id: string, tokens: number): void {
    try {
      this.#ledger.append({ settle: id, tokens });
    } catch {
      // The reserved tokens stay, which are at least as many as the call used; its answer is paid for and valid.
    }
  }
}

function refusal(
  provider: string,
  tokens: number,
  spent: { readonly calls: number; readonly tokens: number },
  { maxCalls, maxTokens }: SpendLimits,
): LlmError {
  const detail =
    spent.calls >= maxCalls
      ? `not asked: ${maxCalls} calls were made, and DRYDOCK_LLM_MAX_CALLS allows no more`
      : `not asked: up to ${tokens} tokens do not fit into the ${maxTokens - spent.tokens} left of ${maxTokens}; ask for fewer with maxOutputTokens or raise DRYDOCK_LLM_MAX_TOKENS`;
  return toLlmError('quota', { provider, detail, code: SPEND_CAP_CODE });
}
