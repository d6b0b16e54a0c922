import { isKeyShaped } from '../names/name-rules.js';
import { COMMON_VALUES } from '../shapes/common-values.js';
import { encodedForms } from './encoded-forms.js';
import { literalFinder } from './literal-finder.js';
import type { Span } from './spans.js';
import { secretPartsOfUrl } from './url-secrets.js';

/** Values shorter than this many characters are not looked for by value. */
export const MIN_VALUE_LENGTH = 6;

/** Values of digits alone are looked for from this length on: shorter ones are ports, years and counts. */
export const MIN_DIGITS_LENGTH = 8;

const NONE: ReadonlySet<string> = new Set();

const ELLIPSIS = /[^\s(](?:…|\.\.\.)/;
const ELLIPSIS_HERE = /…|\.\.\./y;

/** A secret by value: all its written forms and the variable it came from. */
export interface KnownValue {
  readonly name?: string | undefined;
  readonly forms: readonly string[];
}

/** Secret values, each under its variable's name, or without names. */
export type SecretValues =
  | Readonly<Record<string, string | undefined>>
  | Iterable<string | readonly [name: string, value: string | undefined]>;

/**
 * Whether a value is too short or too common to be looked for; such a value is still replaced where its name stands beside it.
 *
 * @param common Further common values, in lower case.
 */
export function isTooCommon(value: string, common: ReadonlySet<string> = NONE): boolean {
  const trimmed = value.trim();
  if (trimmed.length < MIN_VALUE_LENGTH) return true;
  if (/^\d+$/.test(trimmed) && trimmed.length < MIN_DIGITS_LENGTH) return true;
  // One character repeated, and a variable's own name as a placeholder: neither is a secret.
  if (/^(.)\1*$/s.test(trimmed)) return true;
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(trimmed) && isKeyShaped(trimmed)) return true;
  const plain = trimmed.toLowerCase();
  return COMMON_VALUES.has(plain) || common.has(plain);
}

/** Prepares secret values for the search; a URL counts for its login and secret parameters only, never for its host. */
export function knownValues(values: SecretValues, common: ReadonlySet<string> = NONE): KnownValue[] {
  return namedValues(values)
    .map(([name, value]) => ({ name, forms: formsOf(value, common) }))
    .filter((known) => known.forms.length > 0);
}

/** Finds every place where a written form of a known value stands; those of different forms may overlap. */
export type KnownValueFinder = (text: string) => Span[];

/** Builds the finder once for many texts. */
export function knownValueFinder(known: readonly KnownValue[]): KnownValueFinder {
  const forms = known.flatMap(({ name, forms }) => forms.map((form) => ({ form, name })));
  const find = literalFinder(forms.map(({ form }) => form));
  const findBeginnings = literalFinder(forms.map(({ form }) => form.slice(0, MIN_VALUE_LENGTH)));
  return (text) => {
    const spans: Span[] = [];
    find(text, (index, start) => {
      const { form = '', name } = forms[index] ?? {};
      spans.push({ start, end: start + form.length, name });
    });
    if (!ELLIPSIS.test(text)) return spans;
    // Messages of assertions and logs cut long values: `expected 'hunter2hun…' to be`.
    findBeginnings(text, (index, start) => {
      const { form = '', name } = forms[index] ?? {};
      const end = start + sharedLength(text, start, form);
      ELLIPSIS_HERE.lastIndex = end;
      if (ELLIPSIS_HERE.test(text)) spans.push({ start, end, name });
    });
    return spans;
  };
}

function sharedLength(text: string, start: number, form: string): number {
  let length = MIN_VALUE_LENGTH;
  while (length < form.length && text[start + length] === form[length]) length += 1;
  return length;
}

function namedValues(values: SecretValues): [string | undefined, string][] {
  const pairs: [string | undefined, unknown][] =
    Symbol.iterator in values
      ? Array.from(values as Iterable<string | [string, string]>, (value) =>
          typeof value === 'string' ? [undefined, value] : value,
        )
      : Object.entries(values);
  return pairs.filter((pair): pair is [string | undefined, string] => typeof pair[1] === 'string');
}

function formsOf(value: string, common: ReadonlySet<string>): string[] {
  const secrets = secretPartsOfUrl(value) ?? [value];
  const forms = secrets.filter((secret) => !isTooCommon(secret, common)).flatMap(encodedForms);
  return [...new Set(forms)].filter((form) => !isTooCommon(form, common)).sort((a, b) => b.length - a.length);
}
