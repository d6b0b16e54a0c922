import type { Origin } from '../classify/origin.js';
import type { Rule } from '../classify/rule.js';
import { ASSERTION_RULES, DEFECT_RULES, IMPOSSIBLE_RULES, MOCKED_RULES } from './defects.js';
import { ENVIRONMENT_RULES, NAME_RULES } from './environment.js';
import { HARNESS_RULES, RUN_RULES } from './harness.js';
import { kindsOf, rulesOfOrigins } from './origins.js';
import { FIXTURE_RULES, LEFTOVER_RULES, SNAPSHOT_RULES, TEST_RULES_OF_OTHERS } from './runners.js';
import { MOCK_WORD_RULES, OUTSIDE_WORD_RULES, REQUEST_WORD_RULES } from './vocabulary.js';

const TEST_RULES: readonly Rule[] = [
  ...SNAPSHOT_RULES,
  ...ASSERTION_RULES,
  ...RUN_RULES,
  ...TEST_RULES_OF_OTHERS,
];
const FAULT_RULES: readonly Rule[] = [
  ...MOCKED_RULES,
  ...IMPOSSIBLE_RULES,
  ...ENVIRONMENT_RULES,
  ...FIXTURE_RULES,
  ...LEFTOVER_RULES,
  ...DEFECT_RULES,
  ...NAME_RULES,
];

/** Rules about plain words; they are tried where no other rule holds. */
export const WORD_RULES: readonly Rule[] = [...MOCK_WORD_RULES, ...REQUEST_WORD_RULES, ...OUTSIDE_WORD_RULES];

/** The built-in table in the order it is read: the first rule that holds decides. */
export const RULES: { readonly harness: readonly Rule[]; readonly others: readonly Rule[] } = {
  harness: HARNESS_RULES,
  others: [...TEST_RULES, ...FAULT_RULES, ...WORD_RULES],
};

/** What a package may name the errors of its backend or provider by. */
export const ORIGIN_KINDS: readonly string[] = kindsOf(FAULT_RULES);

/** The built-in table with a project's own rules and what its backends and providers say. */
export function rulesWith(own: readonly Rule[], origins: readonly Origin[]): Rule[] {
  return [...HARNESS_RULES, ...own, ...TEST_RULES, ...rulesOfOrigins(origins, FAULT_RULES), ...FAULT_RULES];
}
