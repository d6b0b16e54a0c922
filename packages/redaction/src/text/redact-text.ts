import type { SecretNames } from '../names/name-rules.js';
import { SHAPE_NAMES } from '../shapes/value-shapes.js';
import { codesOf, plainView } from './escape-codes.js';
import { findShapes } from './find-shapes.js';
import type { KnownValue, KnownValueFinder } from './known-values.js';
import { findMarks, liesInOne, mark, mergeSpans, overlapsOne, type Span } from './spans.js';
import { findByContext } from './text-rules.js';

/** What a redactor knows: values, names, and the names its replacements may show. */
export interface Secrets {
  readonly known: readonly KnownValue[];
  readonly findKnown: KnownValueFinder;
  /** Patterns of further secret values, global. */
  readonly patterns: readonly RegExp[];
  /** Whether a whole value is none although it looks like one. */
  readonly isAllowed: (value: string) => boolean;
  readonly names: SecretNames;
  readonly valueNames: ReadonlySet<string>;
  /** Further values that are too common to be secrets, in lower case. */
  readonly common: ReadonlySet<string>;
}

/** A replacement can bring two pieces of a value together; more rounds than this have never been needed. */
const MAX_ROUNDS = 8;

/** Replaces every secret in a text, also one that escape codes part; a second call on the result changes nothing. */
export function redactText(text: string, secrets: Secrets): string {
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const view = plainView(current);
    const spans = secretSpans(view.plain, secrets);
    if (spans.length === 0) break;
    current = replaceSpans(current, spans.map(view.span));
  }
  return current;
}

/** Puts a replacement in the place of each span, and behind it the escape codes that stood there; spans are sorted and do not overlap. */
function replaceSpans(text: string, spans: readonly Span[]): string {
  let result = '';
  let from = 0;
  for (const span of spans) {
    result += text.slice(from, span.start) + mark(span.name) + codesOf(text.slice(span.start, span.end));
    from = span.end;
  }
  return result + text.slice(from);
}

/** The stretches of a text without escape codes that a replacement would cover, sorted and apart; what is already replaced is not among them. */
export function secretSpans(text: string, secrets: Secrets): Span[] {
  const known = secrets.findKnown(text);
  const look = [...findShapes(text), ...secrets.patterns.flatMap((pattern) => findPattern(text, pattern))];
  const byLook = mergeSpans([...known, ...withoutAllowed(text, look, secrets)]);
  const marks = findMarks(text).filter((found) => isOurs(found, secrets) || !overlapsOne(byLook, found));
  const context = withoutAllowed(text, findByContext(text, secrets), secrets);
  const found = mergeSpans([...byLook, ...context].filter((span) => !liesInOne(marks, span)));
  // A replacement that a secret overlaps goes with it; one that stands alone stays as it is.
  const touched = marks.filter((span) => overlapsOne(found, span)).map(({ start, end }) => ({ start, end }));
  return touched.length === 0 ? found : mergeSpans([...found, ...touched]);
}

function findPattern(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), ({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  })).filter(({ start, end }) => start < end);
}

function withoutAllowed<T extends Span>(text: string, spans: readonly T[], { isAllowed }: Secrets): T[] {
  return spans.filter(({ start, end }) => !isAllowed(text.slice(start, end)));
}

/** A replacement with one of the redactor's own names, or none; another may hide a secret behind its name. */
function isOurs({ name }: Span, secrets: Secrets): boolean {
  return name === undefined || secrets.valueNames.has(name) || SHAPE_NAMES.has(name);
}
