import { ORIGIN_KINDS } from '../rules/index.js';
import type { Origin } from './origin.js';
import type { Rule } from './rule.js';

const CLASSES = new Set(['environment', 'harness', 'mechanism']);
const PATTERNS = new Set([
  'name',
  'code',
  'message',
  'verbatim',
  'words',
  'syscall',
  'kind',
  'outcome',
  'origin',
  'endpoint',
  'stack',
  'test',
  'file',
]);
const OTHERS = new Set(['status', 'retriable', 'swallowed', 'root', 'complete', 'own']);

/**
 * Checks rules that came out of a configuration file.
 *
 * @throws TypeError that names the rule and what is wrong with it.
 */
export function checkRules(rules: unknown): readonly Rule[] {
  if (!Array.isArray(rules)) throw new TypeError('Triage rules are not a list.');
  rules.forEach(checkRule);
  return rules as Rule[];
}

/**
 * Checks what a package's manifest says of its backend's or provider's errors.
 *
 * @throws TypeError that names the origin and what is wrong with it.
 */
export function checkOrigin(origin: Origin): Origin {
  const { name, errors = {} } = origin;
  for (const [kind, entries] of Object.entries(errors)) {
    const problem = problemOfErrors(kind, entries);
    if (problem !== undefined) throw new TypeError(`The errors of ${name} as '${kind}': ${problem}.`);
  }
  return origin;
}

function problemOfErrors(kind: string, entries: unknown): string | undefined {
  if (!ORIGIN_KINDS.includes(kind)) return `not one of ${ORIGIN_KINDS.join(', ')}`;
  if (!Array.isArray(entries) || entries.length === 0) return 'needs a list of codes or conditions';
  return entries
    .map((entry) => (typeof entry === 'string' && entry !== '' ? undefined : problemOfConditions(entry)))
    .find((problem) => problem !== undefined);
}

function checkRule(rule: Partial<Rule> | null, index: number): void {
  const name = typeof rule?.id === 'string' ? `Triage rule '${rule.id}'` : `Triage rule ${index + 1}`;
  const problem = typeof rule !== 'object' || rule === null ? 'is not an object' : problemOf(rule);
  if (problem !== undefined) throw new TypeError(`${name} ${problem}.`);
}

function problemOf(rule: Partial<Rule>): string | undefined {
  const absent = (['id', 'subclass', 'remedy'] as const).find(
    (key) => typeof rule[key] !== 'string' || rule[key] === '',
  );
  if (absent) return `has no ${absent}`;
  if (!CLASSES.has(rule.class ?? '')) return "needs class 'environment', 'harness' or 'mechanism'";
  const { confidence = 1, when } = rule;
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1))
    return 'needs a confidence from 0 to 1';
  if (!Array.isArray(when) || when.length === 0) return 'needs a list `when` with one condition or more';
  return when.map(problemOfConditions).find((problem) => problem !== undefined);
}

function problemOfConditions(conditions: unknown): string | undefined {
  if (typeof conditions !== 'object' || conditions === null) return 'has a condition that is not an object';
  const entries = Object.entries(conditions);
  if (entries.length === 0) return 'has a condition that would match everything';
  return entries
    .map(([key, value]) => problemOfCondition(key, value))
    .find((problem) => problem !== undefined);
}

function problemOfCondition(key: string, value: unknown): string | undefined {
  if (OTHERS.has(key)) return undefined;
  if (!PATTERNS.has(key)) return `has an unknown condition '${key}'`;
  if (typeof value !== 'string') return `needs a text as '${key}'`;
  try {
    new RegExp(value, 'u');
    return undefined;
  } catch {
    return `has a '${key}' that is not a regular expression`;
  }
}
