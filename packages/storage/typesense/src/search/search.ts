import { type Attempt, encodeCursor } from '@drydock/storage';
import {
  checkShape,
  fingerprintOf,
  foreignAnswer,
  foreignCursor,
  invalidQuery,
  openCursor,
  type Shape,
} from '@drydock/storage/backend-kit';
import { listKey, type TypesenseRecord } from '../codec.js';
import type { ResolvedConfig } from '../config.js';
import type { Connection } from '../connection.js';
import type { Refused } from '../errors.js';
import { EXACT, EXPIRES_AT, KEY } from '../fields.js';
import { compileFilter } from './filter.js';
import { facetsOf, itemOf, type Result } from './hits.js';
import { type NearVector, OWN_PARAMETERS, type TypesensePage, type TypesenseQuery } from './query.js';

type Bounded = TypesenseQuery & { readonly limit: number };

/** Parameters of one search, as the server names them. */
export type SearchParameters = Readonly<Record<string, string | number | boolean>>;

/** A compiled search: what to send, and how to read what comes back. */
export interface Search<R extends TypesenseRecord> {
  readonly parameters: SearchParameters;
  page(result: Result): TypesensePage<R>;
}

/** The server gives no more at once. */
const MAX_PAGE = 250;
const MAX_SORT_FIELDS = 2;
const NEAR: Shape<NearVector> = { field: 'string', vector: 'list' };

/** Compiles a query; throws a query fault when it cannot be meant. */
export function compileSearch<R extends TypesenseRecord>(
  config: ResolvedConfig,
  query: Bounded,
  now: number,
): Search<R> {
  const { text, near, sort } = query;
  return text === undefined && near === undefined && sort === undefined
    ? list(config, query, now)
    : ranked(config, query, now);
}

/** Pages follow the hash of the ids, which no write changes. */
function list<R extends TypesenseRecord>(config: ResolvedConfig, query: Bounded, now: number): Search<R> {
  const limit = Math.min(query.limit, MAX_PAGE);
  const fingerprint = queryFingerprint(query);
  const after = query.cursor === undefined ? undefined : openKey(query.cursor, fingerprint);
  const filter = compileFilter(config, query.filter, now);
  return {
    parameters: {
      ...common(config, query),
      q: '*',
      filter_by: after === undefined ? filter : `${KEY}:>${after} && ${filter}`,
      sort_by: `${KEY}:asc`,
      per_page: limit,
    },
    page: (result) => {
      const items = (result.hits ?? []).map((hit) => itemOf<R>(hit));
      const { found = 0 } = result;
      const last = items.at(-1);
      const more = last !== undefined && found > items.length;
      const cursor = more && encodeCursor([fingerprint, String(listKey(last.id))]);
      return { items, found, facets: facetsOf(result), ...(cursor && { cursor }) };
    },
  };
}

/** Pages count from the best: a write in between may shift them. */
function ranked<R extends TypesenseRecord>(config: ResolvedConfig, query: Bounded, now: number): Search<R> {
  const limit = Math.min(query.limit, MAX_PAGE);
  const fingerprint = queryFingerprint(query, limit);
  const page = query.cursor === undefined ? 1 : openCursor(query.cursor, fingerprint, ['number'])[0];
  if (!Number.isSafeInteger(page) || page < 1) throw foreignCursor();
  const { text, near, typos, prefix } = query;
  return {
    parameters: {
      ...common(config, query),
      q: text ?? '*',
      ...(text !== undefined && { query_by: searchedFields(config, query.by).join(',') }),
      ...(typos !== undefined && { num_typos: typos }),
      ...(prefix !== undefined && { prefix }),
      ...(near !== undefined && { vector_query: vectorQuery(config, near, page * limit + 1) }),
      filter_by: compileFilter(config, query.filter, now),
      ...sortBy(config, query),
      per_page: limit,
      page,
    },
    page: (result) => {
      const { found = 0, hits = [] } = result;
      const more = hits.length > 0 && found > page * limit;
      return {
        items: hits.map((hit) => itemOf<R>(hit)),
        found,
        facets: facetsOf(result),
        ...(more && { cursor: encodeCursor([fingerprint, page + 1]) }),
      };
    },
  };
}

/** Sends searches together, whose length nothing limits, and returns what each found. */
export async function multiSearch(
  connection: Connection,
  { collection }: ResolvedConfig,
  searches: readonly SearchParameters[],
  attempt: Attempt,
): Promise<Result[]> {
  const { results } = await connection.requestObject(attempt, {
    method: 'post',
    path: '/multi_search',
    body: { searches: searches.map((parameters) => ({ ...parameters, collection })) },
  });
  if (!Array.isArray(results) || results.length !== searches.length) throw foreignAnswer('Typesense');
  for (const { code, error, hits } of results) {
    if (error !== undefined) throw { httpStatus: code, message: String(error) } satisfies Refused;
    if (!Array.isArray(hits)) throw foreignAnswer('Typesense');
  }
  return results;
}

function common({ fields, vectors }: ResolvedConfig, query: TypesenseQuery): SearchParameters {
  const { facets = [], withVector = false, params = {} } = query;
  const own = Object.keys(params).find((name) => OWN_PARAMETERS.includes(name));
  if (own !== undefined)
    throw invalidQuery(`\`params.${own}\` is set by the adapter; say it in the query's own words`);
  for (const name of facets) {
    if (!fields.get(name)?.facet) throw invalidQuery(`${JSON.stringify(name)} is not a declared facet field`);
  }
  return {
    ...params,
    ...(facets.length > 0 && { facet_by: facets.join(',') }),
    exclude_fields: [KEY, EXPIRES_AT, EXACT, ...(withVector ? [] : vectors)].join(','),
  };
}

function searchedFields({ fields }: ResolvedConfig, by: readonly string[] | undefined): readonly string[] {
  const texts = [...fields].filter(([, { type, index }]) => /^string/.test(type) && index !== false);
  const names = texts.map(([name]) => name);
  if (by === undefined && names.length === 0) throw invalidQuery('no field of text is declared');
  if (by === undefined) return names;
  const unknown = by.find((name) => !names.includes(name));
  if (by.length > 0 && unknown === undefined) return by;
  throw invalidQuery(
    by.length === 0
      ? '`by` must name at least one field'
      : `${JSON.stringify(unknown)} is not a field of text`,
  );
}

function sortBy({ fields }: ResolvedConfig, { text, near, sort }: TypesenseQuery): SearchParameters {
  // A distance ranks by itself, and only where nothing else does.
  if (sort === undefined) return near === undefined ? { sort_by: `_text_match:desc,${KEY}:asc` } : {};
  if (sort.length === 0 || sort.length > MAX_SORT_FIELDS)
    throw invalidQuery('`sort` takes one or two fields');
  for (const one of sort) {
    const [name = '', order] = String(one).split(':');
    const known = fields.has(name) || (name === '_text_match' && text !== undefined);
    if (!known || !/^(asc|desc)$/.test(order ?? '')) {
      throw invalidQuery("`sort` takes declared fields with their order, such as 'year:desc'");
    }
  }
  return { sort_by: [...sort, `${KEY}:asc`].join(',') };
}

function vectorQuery({ fields }: ResolvedConfig, near: NearVector, k: number): string {
  checkShape(near, NEAR, 'near.');
  const { field, vector } = near;
  const size = fields.get(field)?.num_dim;
  if (size === undefined) throw invalidQuery('`near.field` names no declared field with num_dim');
  const fits = Array.isArray(vector) && vector.length === size && vector.every(Number.isFinite);
  if (!fits) throw invalidQuery(`\`near.vector\` takes ${size} finite numbers`);
  return `${field}:([${vector.join(',')}], k:${k})`;
}

function openKey(cursor: string, fingerprint: string): string {
  const [key] = openCursor(cursor, fingerprint, ['string']);
  if (!/^\d{1,19}$/.test(key)) throw foreignCursor();
  return key;
}

/** Of what decides which records are found, and in which order. */
function queryFingerprint(query: TypesenseQuery, pageSize?: number): string {
  const { text, by, typos, prefix, near, filter, sort, params } = query;
  return fingerprintOf(text, by, typos, prefix, near, filter, sort, params, pageSize);
}
