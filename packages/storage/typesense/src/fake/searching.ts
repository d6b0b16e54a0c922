import { Refusal } from './answer.js';
import type { Collection } from './collection.js';
import { compile } from './filtering.js';
import { flatHighlight, highlights } from './highlights.js';
import { type Match, match, wantedOf } from './ranking.js';
import type { Document } from './schema.js';
import { distancesOf } from './vectors.js';
import { wordsOf } from './words.js';

/** Parameters of one search. */
export type Parameters = Readonly<Record<string, unknown>>;

interface Found {
  readonly document: Document;
  readonly match?: Match | undefined;
  readonly distance?: number | undefined;
}

/** Most hits in one answer. */
const MAX_PAGE = 250;

/** The answer to one search. */
export function search(collection: Collection, parameters: Parameters): object {
  const { q = '', per_page = 10, page = 1 } = parameters;
  const size = Number(per_page);
  if (size > MAX_PAGE) throw new Refusal(422, `Only upto ${MAX_PAGE} hits can be fetched per page.`);
  const facets = listOf(parameters.facet_by);
  for (const name of facets) {
    if (!collection.fields.get(name)?.facet) throw unknown('facet field', name);
  }
  const matches = compile(collection.fields, String(parameters.filter_by ?? ''));
  const candidates = [...collection.documents.values()].filter(matches);
  const found = sorted(collection, ranked(collection, candidates, parameters), parameters);
  const start = (Math.max(1, Number(page)) - 1) * size;
  return {
    facet_counts: facets.map((name) => facetCounts(name, found, Number(parameters.max_facet_values ?? 10))),
    found: found.length,
    hits: found.slice(start, start + size).map((hit) => hitOf(hit, parameters)),
    out_of: collection.documents.size,
    page: Number(page),
    request_params: { collection_name: parameters.collection, per_page: size, q },
    search_cutoff: false,
    search_time_ms: 0,
  };
}

function ranked(collection: Collection, candidates: Document[], parameters: Parameters): Found[] {
  const { q = '', vector_query } = parameters;
  const near =
    vector_query === undefined ? undefined : distancesOf(collection, candidates, nearestOf(parameters));
  if (q === '*') {
    if (!near) return candidates.map((document) => ({ document }));
    return [...near].map(([document, distance]) => ({ document, distance })).sort(byDistance);
  }
  const fields = listOf(parameters.query_by);
  if (fields.length === 0) throw new Refusal(400, 'No search fields specified for the query.');
  for (const name of fields) {
    const type = collection.fields.get(name)?.type;
    if (type === undefined) throw unknown('field', name);
    if (!type.startsWith('string')) {
      throw new Refusal(400, `Field \`${name}\` should be a string or a string array.`);
    }
  }
  const wanted = wantedOf(
    String(q),
    Number(parameters.num_typos ?? 2),
    String(parameters.prefix ?? true) === 'true',
    Number(parameters.drop_tokens_threshold ?? 1) > 0,
  );
  const texts = match(candidates, fields, wanted);
  const all = new Set([...texts.keys(), ...(near?.keys() ?? [])]);
  return [...all].map((document) => ({
    document,
    match: texts.get(document),
    distance: near?.get(document),
  }));
}

/** Sorts by the fields of `sort_by`, else by score; among equals, documents that were stored last come first. */
function sorted({ fields }: Collection, found: Found[], { sort_by, q }: Parameters): Found[] {
  const keys = listOf(sort_by).map((one) => {
    const [name = '', order = ''] = one.split(':');
    if (name !== '_text_match' && !fields.get(name)?.sort) {
      throw new Refusal(404, `Could not find a field named \`${name}\` in the schema for sorting.`);
    }
    return { name, sign: order.toLowerCase() === 'desc' ? -1 : 1 };
  });
  if (keys.length === 0 && q === '*' && found.some(({ distance }) => distance !== undefined)) return found;
  if (keys.length === 0) keys.push({ name: '_text_match', sign: -1 });
  return found.toReversed().sort((a, b) => {
    for (const { name, sign } of keys) {
      const [one, other] = [sortValue(a, name), sortValue(b, name)];
      if (one !== other)
        return one === undefined ? 1 : other === undefined ? -1 : sign * (one < other ? -1 : 1);
    }
    return 0;
  });
}

/** The number of hits that was asked for, and at least as many as the page needs. */
function nearestOf({ vector_query, per_page = 10, page = 1 }: Parameters) {
  return { text: String(vector_query), least: Number(per_page) * Number(page) };
}

function sortValue({ document, match: fit }: Found, name: string): bigint | number | undefined {
  if (name === '_text_match') return fit?.score ?? 0;
  const value = document[name];
  return typeof value === 'boolean' ? Number(value) : (value as bigint | number | undefined);
}

function byDistance(a: Found, b: Found): number {
  return (a.distance ?? 0) - (b.distance ?? 0);
}

function hitOf({ document, match: fit, distance }: Found, parameters: Parameters): object {
  const included = listOf(parameters.include_fields);
  const excluded = listOf(parameters.exclude_fields);
  const shown = Object.entries(document).filter(
    ([name]) => (included.length === 0 || included.includes(name)) && !excluded.includes(name),
  );
  const visible = Object.fromEntries(shown);
  const marked = fit ? highlights(visible, fit.found) : [];
  return {
    document: visible,
    highlight: Object.fromEntries(marked.map(({ field, value }) => [field, value])),
    highlights: marked.map(flatHighlight),
    ...(fit && { text_match: fit.score, text_match_info: { score: String(fit.score) } }),
    ...(distance !== undefined && { vector_distance: distance }),
  };
}

function facetCounts(name: string, found: readonly Found[], most: number): object {
  const counts = new Map<string, { count: number; value: string }>();
  for (const { document } of found) {
    for (const value of new Set([document[name] ?? []].flat().map(String))) {
      // Values with the same words are counted as one.
      const words = wordsOf(value).join(' ');
      counts.set(words, { count: (counts.get(words)?.count ?? 0) + 1, value });
    }
  }
  const listed = [...counts.values()].map(({ count, value }) => ({ count, highlighted: value, value }));
  return {
    counts: listed.sort((a, b) => b.count - a.count).slice(0, most),
    field_name: name,
    stats: { total_values: counts.size },
  };
}

function listOf(value: unknown): string[] {
  return value === undefined || value === ''
    ? []
    : String(value)
        .split(',')
        .map((part) => part.trim());
}

function unknown(what: string, name: string): Refusal {
  return new Refusal(404, `Could not find a ${what} named \`${name}\` in the schema.`);
}
