import type { ErrorFacts, FailureFacts } from './facts.js';
import { isOwnMade } from './own-code.js';
import { CERTAIN_ENOUGH, type Verdict } from './verdict.js';

/**
 * Two errors of a chain that others than the code under test made, each of which tells the same by itself, are more than
 * words: a time that passed on a socket, and the client that gave up because of it.
 */
export function corroborated(
  verdict: Verdict,
  chain: readonly ErrorFacts[],
  { complete }: FailureFacts,
  judge: (error: ErrorFacts) => Verdict,
): Verdict {
  if (complete || verdict.class !== 'environment' || verdict.confidence >= CERTAIN_ENOUGH) return verdict;
  const foreign = chain.filter((error) => error.stack !== undefined && !isOwnMade(error));
  const agreeing = foreign.filter((error) => judge(error).subclass === verdict.subclass);
  // One error with its copy in the same words is one fact.
  const names = new Set(agreeing.map(({ name }) => name));
  return names.size < 2 ? verdict : { ...verdict, confidence: CERTAIN_ENOUGH };
}
