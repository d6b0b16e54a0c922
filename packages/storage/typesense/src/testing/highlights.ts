import type { Document } from './schema.js';
import { wordsOf } from './words.js';

/** Where the words of a search stand in a field. */
export interface Highlight {
  readonly field: string;
  readonly matched_tokens: readonly unknown[];
  readonly snippet?: string;
  readonly snippets?: readonly string[];
  readonly indices?: readonly number[];
}

const SHORT_TEXT_WORDS = 30;
const WORDS_AROUND = 4;

/** The fields of a hit with the words found in `<mark>` elements. */
export function highlights(document: Document, found: ReadonlyMap<string, readonly string[]>): Highlight[] {
  return [...found].flatMap(([field, words]): Highlight[] => {
    const value = document[field];
    if (typeof value === 'string') return marked(value, words).map((one) => ({ field, ...one }));
    if (!Array.isArray(value)) return [];
    const parts = value.map((text) => marked(String(text), words)[0]);
    const indices = parts.flatMap((part, index) => (part ? [index] : []));
    const present = parts.filter((part) => part !== undefined);
    const matched_tokens = present.map((part) => part.matched_tokens);
    return [{ field, indices, matched_tokens, snippets: present.map(({ snippet }) => snippet) }];
  });
}

function marked(text: string, words: readonly string[]): { matched_tokens: string[]; snippet: string }[] {
  const parts = text.split(/(\s+)/);
  const hit = (part: string) => wordsOf(part).some((word) => words.includes(word));
  const matched = parts.filter(hit).map((part) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  if (matched.length === 0) return [];
  const all = parts.map((part) =>
    hit(part) ? part.replace(/[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/u, '<mark>$&</mark>') : part,
  );
  const first = all.findIndex((part) => part.includes('<mark>'));
  const short = parts.length <= SHORT_TEXT_WORDS * 2;
  const shown = short ? all : all.slice(Math.max(0, first - WORDS_AROUND * 2), first + WORDS_AROUND * 2 + 1);
  return [{ matched_tokens: matched, snippet: shown.join('') }];
}
