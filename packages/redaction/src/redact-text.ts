import { findKnownValues, type KnownValue } from './known-values.js';
import type { SecretNames } from './secret-names.js';
import { findMarks, mergeSpans, replaceSpans, type Span } from './spans.js';
import { findByContext } from './text-rules.js';
import { findShapes, SHAPE_NAMES } from './value-shapes.js';

/** What a redactor knows: values, names, and the names its replacements may show. */
export interface Secrets {
  readonly known: readonly KnownValue[];
  readonly names: SecretNames;
  readonly valueNames: ReadonlySet<string>;
}

/** A replacement can bring two pieces of a value together; more rounds than this have never been needed. */
const MAX_ROUNDS = 8;

/** Replaces every secret in a text; a second call on the result changes nothing. */
export function redactText(text: string, secrets: Secrets): string {
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const spans = secretSpans(current, secrets);
    if (spans.length === 0) break;
    current = replaceSpans(current, spans);
  }
  return current;
}

/** The stretches that a replacement would cover, sorted and apart; what is already replaced is not among them. */
export function secretSpans(text: string, secrets: Secrets): Span[] {
  const byLook = [...findKnownValues(text, secrets.known), ...findShapes(text)];
  const marks = findMarks(text).filter((found) => isOurs(found, byLook, secrets));
  const context = findByContext(text, secrets.names);
  const found = [...byLook, ...context].filter(
    (span) => !marks.some((m) => m.start <= span.start && span.end <= m.end),
  );
  if (found.length === 0) return [];
  // A replacement that a secret overlaps goes with it; one that stands alone stays as it is.
  const touched = marks.filter((m) => found.some((span) => span.start < m.end && m.start < span.end));
  return mergeSpans([...found, ...touched.map(({ start, end }) => ({ start, end }))]);
}

/** Whether a replacement is one of this redactor's, or somebody else's that hides no secret behind its name. */
function isOurs(found: Span, byLook: readonly Span[], secrets: Secrets): boolean {
  if (found.name === undefined || secrets.valueNames.has(found.name) || SHAPE_NAMES.has(found.name))
    return true;
  return !byLook.some((span) => span.start < found.end && found.start < span.end);
}
