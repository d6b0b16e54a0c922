import { withTelemetry } from '@drydock/resilience';
import {
  type CallOptions,
  type GenerateRequest,
  type GenerateResult,
  LlmError,
  type Usage,
} from '../contract/index.js';
import type { Reservation } from '../spend/spend-cap.js';
import type { AttemptEnd } from '../telemetry/telemetry.js';
import type { ClientOptions } from './client-options.js';
import { explain } from './explain.js';
import type { Route } from './route.js';

/** One request that a call makes to a provider. */
export interface Attempt {
  readonly route: Route;
  /** Counts from 1 over all providers. */
  readonly number: number;
  /** Options of the provider's call: the signal fires at the attempt's deadline, at the call's, and when the caller gives up. */
  readonly limits: CallOptions & { readonly signal: AbortSignal; readonly timeoutMs: number };
}

/** What an attempt asks for. */
export interface AttemptSpec {
  readonly operation: 'chat' | 'embeddings';
  readonly model: string;
  readonly request?: GenerateRequest | undefined;
  /** Most tokens that it can use. */
  readonly tokenUpperBound: () => number;
}

/** What the client reads of an attempt's result. */
export type AttemptResult = Partial<GenerateResult> & { readonly usage?: Usage | undefined };

const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
/** A provider that refuses a request with one of these kinds has not begun to work on it. */
const KINDS_WITHOUT_COST: readonly string[] = ['auth', 'rate_limit', 'quota', 'bad_request'];

/**
 * Sends one request if the spend cap admits it, and reports it to telemetry.
 *
 * @throws LlmError of code `SPEND_CAP` before anything is sent.
 */
export function runAttempt<T extends AttemptResult>(
  { spendCap, telemetry }: Pick<ClientOptions, 'spendCap' | 'telemetry'>,
  { route, number }: Attempt,
  { tokenUpperBound, ...spec }: AttemptSpec,
  send: () => Promise<T>,
): Promise<T> {
  if (!spendCap && !telemetry) return send();
  const reservation = spendCap?.reserve(route.provider.name, tokenUpperBound());
  const sendAndSettle = async (onEnd?: (end: AttemptEnd) => void) => {
    try {
      const result = await send();
      if (result.usage) reservation?.settle(result.usage);
      onEnd?.({ result });
      return result;
    } catch (error) {
      settleFailed(reservation, error);
      onEnd?.({ error: explain(error, route) });
      throw error;
    }
  };
  if (!telemetry) return sendAndSettle();
  const { name: provider, telemetryName = provider } = route.provider;
  const start = { ...spec, provider, telemetryName, number };
  return withTelemetry((run) => telemetry.attempt(start, run), sendAndSettle);
}

function settleFailed(reservation: Reservation | undefined, error: unknown): void {
  if (!LlmError.isInstance(error)) return;
  const usage = error.usage ?? (KINDS_WITHOUT_COST.includes(error.kind) ? NO_USAGE : undefined);
  if (usage) reservation?.settle(usage);
}
