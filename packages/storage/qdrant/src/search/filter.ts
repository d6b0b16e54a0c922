import { checkShape, invalidQuery } from '@drydock/storage/backend-kit';
import { EXPIRES_AT } from '../codec.js';
import { pointId } from '../point-id.js';
import type { QdrantFilter } from './query.js';

type Json = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 32;
const CLAUSES = ['must', 'should', 'must_not'] as const;
const FILTER = { must: 'any', should: 'any', must_not: 'any', min_should: 'object!' };
const MIN_SHOULD = { conditions: 'list!', min_count: 'number!' };
const NESTED = { key: 'string!', filter: 'object!' };
const FIELD = {
  key: 'string',
  match: 'object!',
  range: 'object!',
  geo_bounding_box: 'object!',
  geo_radius: 'object!',
  geo_polygon: 'object!',
  values_count: 'object!',
  is_empty: 'boolean!',
  is_null: 'boolean!',
};

/** What a search sends: the caller's filter, and that the record has not expired. */
export function compileFilter(filter: QdrantFilter | undefined, now: number): QdrantFilter {
  const alive: QdrantFilter = { must_not: [{ key: EXPIRES_AT, range: { lte: now } }] };
  if (filter === undefined) return alive;
  return { ...alive, must: [compile(filter, 0) as QdrantFilter] };
}

/** The same conditions, with the ids of points for those of records; nothing in it may be left out on the way. */
function compile(filter: unknown, depth: number): Json {
  if (depth > MAX_DEPTH) throw invalidQuery(`\`filter\` is nested deeper than ${MAX_DEPTH}`);
  if (!isObject(filter)) throw invalidQuery('`filter` must be an object');
  checkShape(filter, FILTER);
  const clauses = CLAUSES.flatMap((name) =>
    filter[name] === undefined ? [] : [[name, conditions(filter[name], depth)] as const],
  );
  const { min_should } = filter;
  if (!isObject(min_should)) return Object.fromEntries(clauses);
  checkShape(min_should, MIN_SHOULD, 'min_should.');
  const some = { ...min_should, conditions: conditions(min_should.conditions, depth) };
  return { ...Object.fromEntries(clauses), min_should: some };
}

function conditions(given: unknown, depth: number): unknown {
  return Array.isArray(given) ? given.map((one) => condition(one, depth + 1)) : condition(given, depth + 1);
}

function condition(given: unknown, depth: number): Json {
  if (!isObject(given)) throw invalidQuery('a condition of `filter` must be an object');
  if (Object.keys(given).length === 0) throw invalidQuery('a condition of `filter` is empty');
  if ('has_id' in given) return { has_id: listOfIds(given.has_id) };
  if (isObject(given.nested)) {
    checkShape(given.nested, NESTED, 'nested.');
    return { nested: { ...given.nested, filter: compile(given.nested.filter, depth) } };
  }
  if ('key' in given) return field(given);
  if ('is_null' in given || 'is_empty' in given || 'has_vector' in given) return whole(given, 0) as Json;
  return compile(given, depth);
}

function field(given: Json): Json {
  checkShape(given, FIELD);
  const operands = Object.entries(given).filter(([name]) => name !== 'key');
  const empty = operands.length === 0 || operands.some(([, value]) => isObject(value) && isEmpty(value));
  if (empty) throw invalidQuery(`the condition on ${JSON.stringify(given.key)} has no value to compare with`);
  return whole(given, 0) as Json;
}

/** JSON leaves out what is undefined: the rest would find more than was meant. */
function whole(value: unknown, depth: number): unknown {
  if (value === undefined) throw invalidQuery('a condition of `filter` holds an undefined value');
  if (depth > MAX_DEPTH) throw invalidQuery(`\`filter\` is nested deeper than ${MAX_DEPTH}`);
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) whole(part, depth + 1);
  return value;
}

function isEmpty(value: Json): boolean {
  return Object.keys(value).length === 0;
}

function listOfIds(ids: unknown): string[] {
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string' && id !== '')) {
    throw invalidQuery('`has_id` takes a list of ids');
  }
  return ids.map(pointId);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
