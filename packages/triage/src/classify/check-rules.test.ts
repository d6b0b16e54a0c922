import { expect, test } from 'vitest';
import { RULES } from '../rules/index.js';
import { checkRules } from './check-rules.js';

const rule = {
  id: 'mine',
  class: 'environment',
  subclass: 'vpn',
  remedy: 'connect',
  when: [{ message: 'VPN' }],
};

test('the built-in rules are data that may stand in a configuration file', () => {
  for (const rules of [RULES.harness, RULES.others])
    expect(checkRules(JSON.parse(JSON.stringify(rules)))).toHaveLength(rules.length);
});

test.each([
  [{}, 'are not a list'],
  [[null], 'Triage rule 1 is not an object'],
  [[{ ...rule, id: '' }], "Triage rule '' has no id"],
  [[{ ...rule, class: 'unknown' }], "Triage rule 'mine' needs class 'environment', 'harness' or 'mechanism'"],
  [[{ ...rule, remedy: undefined }], 'has no remedy'],
  [[{ ...rule, confidence: 2 }], 'confidence from 0 to 1'],
  [[{ ...rule, when: [] }], 'one condition or more'],
  [[{ ...rule, when: [{}] }], 'match everything'],
  [[{ ...rule, when: [{ text: 'x' }] }], "unknown condition 'text'"],
  [[{ ...rule, when: [{ message: '(' }] }], "'message' that is not a regular expression"],
  [[{ ...rule, when: [{ code: 7 }] }], "a text as 'code'"],
])('%#: what is wrong is said', (rules, words) => {
  expect(() => checkRules(rules)).toThrow(words);
});
