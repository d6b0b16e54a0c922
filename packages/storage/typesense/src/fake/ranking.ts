import type { Document } from './schema.js';
import { typosAllowed, typosBetween, wordsOf } from './words.js';

/** The words of a search, and how they may match. */
export interface Wanted {
  readonly words: readonly string[];
  readonly excluded: readonly string[];
  readonly phrases: readonly (readonly string[])[];
  readonly typos: number;
  readonly prefix: boolean;
  /** Whether words may be left out where no document has all of them. */
  readonly drops: boolean;
}

/** How a document matches. */
export interface Match {
  /** Score, higher is better; its scale is not the server's. */
  readonly score: number;
  /** Words of the document that matched, with the number of letters that did, by field. */
  readonly found: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Splits a query into words. */
export function wantedOf(text: string, typos: number, prefix: boolean, drops: boolean): Wanted {
  const phrases = [...text.matchAll(/"([^"]*)"/g)].map(([, phrase = '']) => wordsOf(phrase));
  const parts = text.replace(/"[^"]*"/g, ' ').split(/\s+/);
  const excluded = parts.filter((part) => /^-./.test(part)).flatMap(wordsOf);
  const words = parts.filter((part) => !/^-./.test(part)).flatMap(wordsOf);
  return { words, excluded, phrases, typos, prefix, drops };
}

/** The documents that match: without typos if any does, else with few typos, else without the last or first words. */
export function match(
  documents: readonly Document[],
  fields: readonly string[],
  wanted: Wanted,
): Map<Document, Match> {
  for (const words of wanted.drops ? shorterAndShorter(wanted.words) : [wanted.words]) {
    for (let typos = 0; typos <= wanted.typos; typos += 1) {
      const found = pass(documents, fields, { ...wanted, words, typos });
      if (found.size > 0) return found;
    }
  }
  return new Map();
}

function shorterAndShorter(words: readonly string[]): (readonly string[])[] {
  const fewer = words.slice(1).map((_, index) => index + 1);
  return [words, ...fewer.map((n) => words.slice(0, -n)), ...fewer.map((n) => words.slice(n))];
}

function pass(
  documents: readonly Document[],
  fields: readonly string[],
  wanted: Wanted,
): Map<Document, Match> {
  const found = new Map<Document, Match>();
  for (const document of documents) {
    const texts = fields.map((name) => [name, textsOf(document[name]).flatMap(wordsOf)] as const);
    const all = texts.flatMap(([, words]) => words);
    if (wanted.excluded.some((word) => all.includes(word))) continue;
    if (!wanted.phrases.every((phrase) => texts.some(([, words]) => holds(words, phrase)))) continue;
    const fit = fitOf(texts, wanted);
    if (fit) found.set(document, fit);
  }
  return found;
}

function fitOf(texts: readonly (readonly [string, readonly string[]])[], wanted: Wanted): Match | undefined {
  const { words, phrases, typos, prefix } = wanted;
  const found = new Map<string, ReadonlyMap<string, number>>();
  let score = phrases.length * 10;
  for (const [name, own] of texts) {
    const hits = words.map((word, index) => best(word, own, typos, prefix && index === words.length - 1));
    if (words.length > 0 && hits.some((hit) => hit === undefined)) continue;
    const cost = hits.reduce((sum, hit) => sum + (hit?.cost ?? 0), 0);
    score = Math.max(score, words.length * 100 - cost * 10 + (own.length === words.length ? 5 : 0));
    const whole = phrases.flat().map((word) => [word, word.length] as const);
    found.set(name, new Map([...whole, ...hits.map((hit) => [hit?.word ?? '', hit?.length ?? 0] as const)]));
  }
  return found.size > 0 ? { score, found } : undefined;
}

function best(word: string, own: readonly string[], typos: number, prefix: boolean) {
  const allowed = typosAllowed(word, typos);
  const costs = own.map((candidate) => ({ word: candidate, ...costOf(word, candidate, prefix) }));
  return costs.filter(({ cost }) => cost <= allowed + 0.5).sort((a, b) => a.cost - b.cost)[0];
}

/** A word that matches by its beginning alone counts as half a typo. */
function costOf(word: string, candidate: string, prefix: boolean): { cost: number; length: number } {
  const start = candidate.slice(0, word.length);
  if (prefix && start !== candidate) return { cost: typosBetween(word, start) + 0.5, length: start.length };
  return { cost: typosBetween(word, candidate), length: candidate.length };
}

function holds(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, index) => phrase.every((word, offset) => words[index + offset] === word));
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
}
