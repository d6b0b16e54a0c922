import { type Document, decodeDocument, type TypesenseRecord } from '../codec.js';
import type { FacetCount, TypesenseItem } from './query.js';

/** One document found. */
export interface Hit {
  readonly document: Document;
  readonly text_match?: number;
  readonly vector_distance?: number | null;
  readonly highlights?: readonly {
    readonly field: string;
    readonly snippet?: string;
    readonly snippets?: readonly string[];
  }[];
}

/** What the server found. */
export interface Result {
  readonly found?: number;
  readonly hits?: readonly Hit[];
  readonly facet_counts?: readonly {
    readonly field_name: string;
    readonly counts: readonly { readonly value: string; readonly count: number }[];
  }[];
}

/** The record of a hit, with what the search says of it. */
export function itemOf<R extends TypesenseRecord>(hit: Hit): TypesenseItem<R> {
  const { document, text_match, vector_distance, highlights = [] } = hit;
  const marked = highlights.map(({ field, snippet, snippets = [] }) => [
    field,
    snippet === undefined ? [...snippets] : [snippet],
  ]);
  return {
    ...decodeDocument<R>(document),
    ...(typeof text_match === 'number' && { _score: text_match }),
    ...(typeof vector_distance === 'number' && { _distance: vector_distance }),
    ...(marked.length > 0 && { _highlights: Object.fromEntries(marked) }),
  };
}

/** Counts by field. */
export function facetsOf({ facet_counts = [] }: Result): Record<string, FacetCount[]> {
  const counts = facet_counts.map(({ field_name, counts }) => [
    field_name,
    counts.map(({ value, count }) => ({ value, count })),
  ]);
  return Object.fromEntries(counts);
}
