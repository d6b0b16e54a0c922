import type { Document } from './schema.js';
import { wordsOf } from './words.js';

interface Marked {
  readonly matched_tokens: readonly string[];
  readonly snippet: string;
}

/** The texts of a field with the positions of the words that were found. */
export interface Highlight {
  readonly field: string;
  readonly value: Marked | readonly Marked[];
}

type Words = ReadonlyMap<string, number>;

const SHORT_TEXT_WORDS = 30;
const WORDS_AROUND = 4;

/** The fields of a hit with the words found in `<mark>` elements. */
export function highlights(document: Document, found: ReadonlyMap<string, Words>): Highlight[] {
  return [...found].flatMap(([field, words]): Highlight[] => {
    const text = document[field];
    if (Array.isArray(text)) return [{ field, value: text.map((one) => mark(String(one), words)) }];
    return typeof text === 'string' ? [{ field, value: mark(text, words) }] : [];
  });
}

/** The same in the older form, which the server sends too. */
export function flatHighlight({ field, value }: Highlight): object {
  if (!Array.isArray(value)) return { field, ...value };
  const present = value.flatMap((one, index) => (one.matched_tokens.length > 0 ? [{ ...one, index }] : []));
  return {
    field,
    indices: present.map(({ index }) => index),
    matched_tokens: present.map(({ matched_tokens }) => matched_tokens),
    snippets: present.map(({ snippet }) => snippet),
  };
}

function mark(text: string, words: Words): Marked {
  const matched_tokens: string[] = [];
  const parts = text.split(/(\s+)/).map((part) => {
    const length = wordsOf(part)
      .map((word) => words.get(word))
      .find((found) => found !== undefined);
    if (length === undefined) return part;
    const start = part.search(/[\p{L}\p{N}]/u);
    const token = part.slice(start, start + length);
    matched_tokens.push(token);
    return `${part.slice(0, start)}<mark>${token}</mark>${part.slice(start + length)}`;
  });
  return { matched_tokens, snippet: shortened(parts) };
}

/** Shortens a long text to the words around the first match. */
function shortened(parts: readonly string[]): string {
  if (parts.length <= SHORT_TEXT_WORDS * 2) return parts.join('');
  const first = parts.findIndex((part) => part.includes('<mark>'));
  return parts.slice(Math.max(0, first - WORDS_AROUND * 2), first + WORDS_AROUND * 2 + 1).join('');
}
