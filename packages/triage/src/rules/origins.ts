import type { Origin } from '../classify/origin.js';
import type { Rule } from '../classify/rule.js';

/** The built-in rule whose remedy an origin's errors get, where its id is not the subclass itself. */
const MODELS: Readonly<Record<string, string>> = {
  'deadline-overrun': 'deadline',
  'invalid-output': 'family-answer',
  privilege: 'client-privilege',
  quota: 'provider-quota',
  region: 'provider-region',
  rejected: 'family-refused',
  tls: 'tls-handshake',
};

/** The subclasses that a package may name errors by: those with a rule to follow. */
export function kindsOf(rules: readonly Rule[]): string[] {
  const kinds = new Set(rules.map(({ subclass }) => subclass));
  return [...kinds].filter((kind) => modelOf(kind, rules)).sort();
}

function modelOf(subclass: string, rules: readonly Rule[]): Rule | undefined {
  const id = MODELS[subclass] ?? subclass;
  return rules.find((rule) => rule.id === id && rule.subclass === subclass);
}

/** One rule for each subclass that an origin names; it holds for the errors of that origin alone. */
export function rulesOfOrigins(origins: readonly Origin[], rules: readonly Rule[]): Rule[] {
  return origins.flatMap(({ name, errors = {} }) =>
    Object.entries(errors).flatMap(([subclass, entries]) => {
      const model = modelOf(subclass, rules);
      const when = entries.map((entry) => ({
        origin: literal(name),
        ...(typeof entry === 'string' ? { code: literal(entry) } : entry),
      }));
      return model === undefined ? [] : [{ ...model, id: `${name}-${subclass}`, when }];
    }),
  );
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
