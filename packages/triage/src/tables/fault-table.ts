import type { Conditions } from '../classify/rule.js';

/** How a fault is known; each of these is enough. Texts are regular expressions as in {@link Conditions}. */
export interface Signs {
  /** Whole code. */
  readonly code?: string;
  /** Whole name of the error. */
  readonly name?: string;
  /** Part of the message. */
  readonly message?: string;
  /** Several conditions at once. */
  readonly when?: readonly Conditions[];
}

/** What one server, driver or system says of its faults, by the id of the rule that each belongs to. */
export type FaultTable = Readonly<Record<string, Signs>>;

/** Signs as a rule's conditions. */
export function conditionsOf({ code, name, message, when = [] }: Signs = {}): Conditions[] {
  return [
    ...(code ? [{ code }] : []),
    ...(name ? [{ name }] : []),
    ...(message ? [{ message }] : []),
    ...when,
  ];
}
