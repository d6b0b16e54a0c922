import type { SecretNames } from '../names/secret-names.js';
import { SHAPE_NAMES } from '../shapes/value-shapes.js';
import { findShapes } from './find-shapes.js';
import { findKnownValues, type KnownValue } from './known-values.js';
import { findMarks, liesInOne, mergeSpans, overlapsOne, replaceSpans, type Span } from './spans.js';
import { findByContext } from './text-rules.js';

/** What a redactor knows: values, names, and the names its replacements may show. */
export interface Secrets {
  readonly known: readonly KnownValue[];
  readonly names: SecretNames;
  readonly valueNames: ReadonlySet<string>;
  /** Further values that are too common to be secrets, in lower case. */
  readonly common: ReadonlySet<string>;
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
  const byLook = mergeSpans([...findKnownValues(text, secrets.known), ...findShapes(text)]);
  const marks = findMarks(text).filter((found) => isOurs(found, secrets) || !overlapsOne(byLook, found));
  const context = findByContext(text, secrets);
  const found = mergeSpans([...byLook, ...context].filter((span) => !liesInOne(marks, span)));
  // A replacement that a secret overlaps goes with it; one that stands alone stays as it is.
  const touched = marks.filter((span) => overlapsOne(found, span)).map(({ start, end }) => ({ start, end }));
  return touched.length === 0 ? found : mergeSpans([...found, ...touched]);
}

/** A replacement with one of the redactor's own names, or none; another may hide a secret behind its name. */
function isOurs({ name }: Span, secrets: Secrets): boolean {
  return name === undefined || secrets.valueNames.has(name) || SHAPE_NAMES.has(name);
}
