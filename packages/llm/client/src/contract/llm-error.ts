import type { AttemptRecord } from './attempt-record.js';
import type { LlmErrorKind } from './error-kind.js';
import type { RateLimits } from './rate-limits.js';
import type { Usage } from './usage.js';

/** What a failure is about where it is not the request: `provider`, another may answer it; `model`, nor does this provider answer any other request with the model. */
export type LlmErrorScope = 'provider' | 'model';

const BRAND = Symbol.for('drydock.llm.error');

/** Facts of a failure; never a key, a prompt or an answer. */
export interface LlmErrorFacts {
  readonly provider: string;
  readonly model?: string | undefined;
  /** What happened and what to do next, without any text of the service. */
  readonly detail: string;
  /** Whether the same call may succeed a moment later. @default false */
  readonly retriable?: boolean | undefined;
  /** Pause that the provider asks for, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** HTTP status of the provider's answer. */
  readonly status?: number | undefined;
  /** The provider's own code, where it is a word or a number. */
  readonly code?: string | undefined;
  /** What the failure is about. @default the request */
  readonly scope?: LlmErrorScope | undefined;
  /** What is left of the account's limits, where the service says it. */
  readonly rateLimits?: RateLimits | undefined;
  /** What the failed request used, where the provider reports it. */
  readonly usage?: Usage | undefined;
}

/** Root of the family; holds facts and texts of this package only. */
export abstract class LlmError extends Error {
  abstract readonly kind: LlmErrorKind;
  readonly provider: string;
  /** Whether the same call may succeed a moment later. */
  readonly retriable: boolean;
  declare readonly model?: string;
  declare readonly retryAfterMs?: number;
  declare readonly status?: number;
  declare readonly code?: string;
  /** What the failure is about; absent where it is the request, or where the kind says it. */
  declare readonly scope?: LlmErrorScope;
  declare readonly usage?: Usage;
  /** What is left of the account's limits, where the service says it. */
  declare readonly rateLimits?: RateLimits;
  /** Every request of the failed call, where a client made it. */
  declare attempts?: readonly AttemptRecord[];

  constructor(facts: LlmErrorFacts) {
    super(describe(facts));
    this.provider = facts.provider;
    this.retriable = facts.retriable ?? false;
    for (const name of ['model', 'retryAfterMs', 'status', 'code', 'scope', 'usage', 'rateLimits'] as const) {
      if (facts[name] !== undefined) Object.assign(this, { [name]: facts[name] });
    }
  }

  get [BRAND](): true {
    return true;
  }

  /** Whether a value is a member of the family, also when it was made by another copy of this package. */
  static isInstance(value: unknown): value is LlmError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

function describe({ provider, model, detail, status, code }: LlmErrorFacts): string {
  const known = [status, code].filter((fact) => fact !== undefined).join(' ');
  const context = model === undefined ? provider : `${provider} ${model}`;
  return `${context}: ${detail}${known === '' ? '' : ` (${known})`}`;
}
