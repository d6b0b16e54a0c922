import type { Deadline } from '@drydock/resilience';
import { LlmError, toLlmError } from '../contract/index.js';
import type { Route } from './route.js';

/** What ended a wait: the caller, the call's deadline, or the attempt's own. */
export function interruption(call: Deadline, attempt: Deadline, { provider, model }: Route): LlmError {
  const where = { provider: provider.name, model };
  if (call.signal.aborted && !call.exceeded)
    return toLlmError('aborted', { ...where, detail: "the caller's signal fired" });
  if (call.signal.aborted || call.remainingMs() === 0) {
    const detail = `no answer within the call's ${call.timeoutMs} ms; raise timeoutMs`;
    return toLlmError('timeout', { ...where, detail, code: 'DEADLINE' });
  }
  const detail = `no answer within ${attempt.timeoutMs} ms, the longest that an attempt may take`;
  return toLlmError('timeout', { ...where, detail, retriable: true, code: 'ATTEMPT_DEADLINE' });
}

/** What is no `LlmError` is a defect of the provider; nothing of it is shown, since it may hold a key or a prompt. */
export function explain(error: unknown, { provider, model }: Route): LlmError {
  if (LlmError.isInstance(error)) return error;
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const detail = `threw a ${name} instead of an LlmError; report it to the provider's package`;
  return toLlmError('unavailable', { provider: provider.name, model, detail, code: 'UNEXPECTED' });
}

/** No provider was asked: those that are not misconfigured failed too often of late. */
export function nobody([route]: readonly Route[]): LlmError {
  const detail =
    'was not asked: too many calls in a row failed, and no other provider is left; try again later';
  return toLlmError('unavailable', {
    provider: route?.provider.name ?? 'client',
    detail,
    retriable: true,
    code: 'BREAKER_OPEN',
  });
}
