import { withTelemetry } from '@drydock/resilience';
import type { GenerateRequest, GenerateResult, Usage } from '../contract/index.js';
import { LlmError } from '../contract/index.js';
import type { Reservation } from '../spend/spend-cap.js';
import type { AttemptEnd } from '../telemetry/telemetry.js';
import type { Sending } from './call.js';
import type { ClientOptions } from './client-options.js';
import { explain } from './explain.js';

/** What is about to be sent. */
export interface Performance {
  readonly operation: 'chat' | 'embeddings';
  readonly model: string;
  readonly request?: GenerateRequest | undefined;
  /** Most that it can use. */
  readonly tokensAtMost: () => number;
}

/** What is told of a result. */
export type Told = Partial<GenerateResult> & { readonly usage?: Usage | undefined };

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
/** A provider that refuses a request with one of these has not begun to work on it. */
const FREE: readonly string[] = ['auth', 'rate_limit', 'quota', 'bad_request'];

/**
 * Sends one request, if the spend cap lets it through, and tells whoever listens.
 *
 * @throws LlmError of code `SPEND_CAP` before anything is sent.
 */
export function perform<T extends Told>(
  { spendCap, telemetry }: Pick<ClientOptions, 'spendCap' | 'telemetry'>,
  { route, number }: Sending,
  { operation, model, request, tokensAtMost }: Performance,
  send: () => Promise<T>,
): Promise<T> {
  if (!spendCap && !telemetry) return send();
  const reservation = spendCap?.reserve(route.provider.name, tokensAtMost());
  const settled = async (ended?: (end: AttemptEnd) => void) => {
    try {
      const result = await send();
      if (result.usage) reservation?.settle(result.usage);
      ended?.({ result });
      return result;
    } catch (error) {
      settleFailed(reservation, error);
      ended?.({ error: explain(error, route) });
      throw error;
    }
  };
  if (!telemetry) return settled();
  const start = { operation, provider: route.provider.name, model, number, request };
  return withTelemetry((run) => telemetry.attempt(start, run), settled);
}

function settleFailed(reservation: Reservation | undefined, error: unknown): void {
  if (!LlmError.isInstance(error)) return;
  const usage = error.usage ?? (FREE.includes(error.kind) ? NOTHING : undefined);
  if (usage) reservation?.settle(usage);
}
