import type { Conditions, Rule } from '../classify/rule.js';

/** Conditions that somebody's code has to set on purpose; they count whoever made the error. */
const TOLD = ['code', 'kind', 'origin', 'syscall'] as const;

/**
 * Believes words, names and statuses only where a package, the system or another program made the error: the code under
 * test may call its own failure `429 rows` or an `AuthenticationError`, and that excuses nothing.
 */
export function ofOthers(rule: Rule): Rule {
  if (rule.class !== 'environment') return rule;
  return { ...rule, when: rule.when.map(distrustOwn) };
}

function distrustOwn(when: Conditions): Conditions {
  return TOLD.some((key) => when[key] !== undefined) ? when : { own: false, ...when };
}
