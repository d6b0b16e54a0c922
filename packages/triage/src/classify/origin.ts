import type { Conditions } from './rule.js';

/** A backend or a provider, as its package describes it. */
export interface Origin {
  /** As its errors name it: `redis`, `groq`. */
  readonly name: string;
  /** Variables that say where it is and who asks; named in remedies. @default [] */
  readonly variables?: readonly string[];
  /** What its errors say, by subclass (`login`, `read-only`): whole codes, or the conditions of a rule. @default {} */
  readonly errors?: Readonly<Record<string, readonly (string | Conditions)[]>>;
}
