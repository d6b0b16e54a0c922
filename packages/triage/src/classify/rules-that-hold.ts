import { rulesWith, WORD_RULES } from '../rules/index.js';
import { chainsOf } from './chain.js';
import type { ClassifyOptions } from './classify.js';
import type { FailureFacts } from './facts.js';
import { firstLine } from './plain-text.js';
import { quotedIn } from './quoted.js';
import { match, type Rule } from './rule.js';

/** A rule that holds for a failure. */
export interface HeldRule extends Pick<Rule, 'id' | 'class' | 'subclass'> {
  /** The words of the error that it holds for. */
  readonly evidence: string;
  /** Whether only words in another error's message say so. */
  readonly quoted: boolean;
}

/** Every rule that holds for a failure, in the order in which rules decide: codes and properties before quoted words. */
export function rulesThatHold(
  failure: FailureFacts,
  { rules = [], origins = [] }: ClassifyOptions = {},
): HeldRule[] {
  const chains = failure.errors.flatMap(chainsOf);
  const quotes = failure.complete ? [] : chains.map((chain) => chain.flatMap(quotedIn));
  const all = [...rulesWith(rules, origins), ...WORD_RULES];
  const held = (errors: typeof chains, quoted: boolean) =>
    all.flatMap(({ id, class: failureClass, subclass, when }): HeldRule[] => {
      const rule = { id, class: failureClass, subclass, remedy: '', when };
      const error = errors.map((chain) => match(rule, chain, failure)).find((each) => each !== undefined);
      return error
        ? [{ id, class: failureClass, subclass, evidence: firstLine(error.message) || error.name, quoted }]
        : [];
    });
  const found = [...held(chains, false), ...held(quotes, true)];
  return found.filter(({ id }, index) => found.findIndex((each) => each.id === id) === index);
}
