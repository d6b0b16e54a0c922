import { isKeyShaped } from '@drydock/redaction';

/** Which variables must not reach test code at the offline level. */
export interface ScrubRule {
  /** Variables removed by name: those of the services and providers. */
  readonly names: Iterable<string>;
  /** Variables that stay although they are named or key-shaped; the user's `env.allow`. */
  readonly allow?: Iterable<string>;
}

/** Answers whether a variable of this name must not reach test code; names are compared without regard to case, as Windows does. */
export function compileScrubRule(rule: ScrubRule): (name: string) => boolean {
  const names = upperCased(rule.names);
  const allowed = upperCased(rule.allow ?? []);
  return (name) => {
    const upper = name.toUpperCase();
    return !allowed.has(upper) && (names.has(upper) || isKeyShaped(name));
  };
}

/** Deletes the named and the key-shaped variables with such a value from an environment; returns the names, sorted, never a value. */
export function scrubEnvironment(
  env: NodeJS.ProcessEnv,
  rule: ScrubRule,
  isMeant: (value: string) => boolean = () => true,
): string[] {
  const isBlocked = compileScrubRule(rule);
  const names = Object.keys(env)
    .filter((name) => isBlocked(name) && isMeant(env[name] ?? ''))
    .sort();
  for (const name of names) delete env[name];
  return names;
}

function upperCased(names: Iterable<string>): ReadonlySet<string> {
  return new Set(Array.from(names, (name) => name.toUpperCase()));
}
