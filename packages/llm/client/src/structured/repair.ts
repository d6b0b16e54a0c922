import type { GenerateRequest, LlmError } from '../contract/index.js';

/** An answer that does not fit, and why. */
export interface Misfit {
  readonly text: string;
  readonly problems: readonly string[];
}

/** More problems say no more: they mostly follow from the first. */
const MAX_PROBLEMS = 10;

/** An error holds no answer, since errors end in logs; what a repair needs is remembered beside it, out of their reach. */
const MISFITS = new WeakMap<LlmError, Misfit>();

/** Remembers what the answer of a failed call was, for as long as its error lives. */
export function rememberMisfit<E extends LlmError>(error: E, misfit: Misfit): E {
  MISFITS.set(error, misfit);
  return error;
}

/** The request again, with the answer that did not fit and what is wrong with it; undefined for any other failure. */
export function repairRequest<R extends GenerateRequest>(
  request: R,
  error: unknown,
): (Omit<R, 'messages'> & Pick<GenerateRequest, 'messages'>) | undefined {
  const misfit = MISFITS.get(error as LlmError);
  if (!misfit) return undefined;
  const problems = misfit.problems.slice(0, MAX_PROBLEMS).map((problem) => `- ${problem}`);
  const content = [
    'This answer does not fit its JSON schema:',
    ...problems,
    request.tools?.length
      ? 'Correct it and answer again.'
      : 'Answer again with the corrected JSON value and nothing else.',
  ].join('\n');
  return {
    ...request,
    messages: [...request.messages, { role: 'assistant', content: misfit.text }, { role: 'user', content }],
  };
}
