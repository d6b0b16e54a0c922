import { createHash } from 'node:crypto';
import { type Attempt, decodeCursor, encodeCursor } from '@drydock/storage';
import { listKey, type TypesenseRecord } from '../codec.js';
import type { ResolvedConfig } from '../config.js';
import { type Connection, notTypesense } from '../connection.js';
import type { Refused } from '../errors.js';
import { EXPIRES_AT, KEY } from '../fields.js';
import { badQuery, compileFilter } from './filter.js';
import { facetsOf, itemOf, type Result } from './hits.js';
import type { NearVector, TypesensePage, TypesenseQuery } from './query.js';

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
  const fingerprint = fingerprintOf(query);
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
  const fingerprint = fingerprintOf(query, limit);
  const page = query.cursor === undefined ? 1 : open(query.cursor, fingerprint, 'number');
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
  if (!Array.isArray(results) || results.length !== searches.length) throw notTypesense();
  for (const { code, error, hits } of results) {
    if (error !== undefined) throw { httpStatus: code, message: String(error) } satisfies Refused;
    if (!Array.isArray(hits)) throw notTypesense();
  }
  return results;
}

function common({ fields, vectors }: ResolvedConfig, query: TypesenseQuery): SearchParameters {
  const { facets = [], withVector = false, params } = query;
  for (const name of facets) {
    if (!fields.get(name)?.facet) throw badQuery(`${JSON.stringify(name)} is no declared facet field`);
  }
  return {
    ...params,
    ...(facets.length > 0 && { facet_by: facets.join(',') }),
    exclude_fields: [KEY, EXPIRES_AT, ...(withVector ? [] : vectors)].join(','),
  };
}

function searchedFields({ fields }: ResolvedConfig, by: readonly string[] | undefined): readonly string[] {
  const texts = [...fields].filter(([, { type, index }]) => /^string/.test(type) && index !== false);
  const names = texts.map(([name]) => name);
  if (by === undefined && names.length === 0) throw badQuery('no field of text is declared');
  if (by === undefined) return names;
  const unknown = by.find((name) => !names.includes(name));
  if (by.length > 0 && unknown === undefined) return by;
  throw badQuery(by.length === 0 ? '`by` names no field' : `${JSON.stringify(unknown)} is no field of text`);
}

function sortBy({ fields }: ResolvedConfig, { text, near, sort }: TypesenseQuery): SearchParameters {
  // A distance ranks by itself, and only where nothing else does.
  if (sort === undefined) return near === undefined ? { sort_by: `_text_match:desc,${KEY}:asc` } : {};
  if (sort.length === 0 || sort.length > MAX_SORT_FIELDS) throw badQuery('`sort` takes one or two fields');
  for (const one of sort) {
    const [name = '', order] = String(one).split(':');
    const known = fields.has(name) || (name === '_text_match' && text !== undefined);
    if (!known || !/^(asc|desc)$/.test(order ?? '')) {
      throw badQuery("`sort` takes declared fields with their order, such as 'year:desc'");
    }
  }
  return { sort_by: [...sort, `${KEY}:asc`].join(',') };
}

function vectorQuery({ fields }: ResolvedConfig, { field, vector }: NearVector, k: number): string {
  const size = fields.get(field)?.num_dim;
  if (size === undefined) throw badQuery('`near.field` names no declared field with num_dim');
  const fits = Array.isArray(vector) && vector.length === size && vector.every(Number.isFinite);
  if (!fits) throw badQuery(`\`near.vector\` takes ${size} finite numbers`);
  return `${field}:([${vector.join(',')}], k:${k})`;
}

function open<T extends 'string' | 'number'>(cursor: string, fingerprint: string, type: T) {
  const [issuedFor, position] = decodeCursor(cursor, ['string', type] as const);
  if (issuedFor !== fingerprint) throw badQuery('the cursor belongs to another query');
  return position;
}

function openKey(cursor: string, fingerprint: string): string {
  const key = open(cursor, fingerprint, 'string');
  if (!/^\d{1,19}$/.test(key)) throw foreignCursor();
  return key;
}

function foreignCursor() {
  return badQuery('the cursor is not one that this adapter gave out');
}

/** Of what decides which records are found, and in which order. */
function fingerprintOf(query: TypesenseQuery, pageSize?: number): string {
  const { text, by, typos, prefix, near, filter, sort, params } = query;
  const parts = [text, by, typos, prefix, near, filter, sort, params, pageSize];
  return createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('base64url')
    .slice(0, 12);
}
