import type { Deadline } from '@drydock/resilience';
import { LlmError, toAbortedError, toLlmError } from '../contract/index.js';
import type { Route } from './route.js';

/** The error of an attempt that was ended by the caller, by the call's deadline, or by its own. */
export function interruption(call: Deadline, attempt: Deadline, { provider, model }: Route): LlmError {
  const context = { provider: provider.name, model };
  if (call.signal.aborted && !call.exceeded)
    return toAbortedError({ ...context, detail: "the caller's signal fired" }, call.signal.reason);
  if (call.signal.aborted || call.remainingMs() === 0) {
    const detail = `no answer within the call's ${call.timeoutMs} ms; raise timeoutMs`;
    return toLlmError('timeout', { ...context, detail, code: 'DEADLINE' });
  }
  const detail = `no answer within ${attempt.timeoutMs} ms, the longest that an attempt may take`;
  return toLlmError('timeout', { ...context, detail, retriable: true, code: 'ATTEMPT_DEADLINE' });
}

/** An error that is not an `LlmError` is a defect of the provider; its message is not shown, since it may hold a key or a prompt. */
export function explain(error: unknown, { provider, model }: Route): LlmError {
  if (LlmError.isInstance(error)) return error;
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const detail = `threw a ${name} instead of an LlmError; report it to the provider's package`;
  return toLlmError('unavailable', { provider: provider.name, model, detail, code: 'UNEXPECTED' });
}

/** The error of a call that reached no provider, since the breakers of all of them are open. */
export function noProviderLeft([route]: readonly Route[]): LlmError {
  const detail = 'not called: too many calls in a row failed, and no other provider is left; try again later';
  return toLlmError('unavailable', {
    provider: route?.provider.name ?? 'client',
    detail,
    retriable: true,
    code: 'BREAKER_OPEN',
  });
}
